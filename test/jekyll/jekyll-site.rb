# Builds a Jekyll site and prints, as JSON, where it wrote what is made of each file, and the ids of entries in its feeds.
# Usage: ruby jekyll-site.rb FOLDER DESTINATION < settings.json, whose keys count more than those of the site.
require "jekyll"
require "json"
require "tempfile"

Jekyll.logger.log_level = :error
folder = File.realpath(ARGV.fetch(0))
destination = ARGV.fetch(1)
given = JSON.parse($stdin.read)
own = YAML.load_file(File.join(folder, "_config.yml"))
# Of all plugins only that which makes feeds changes what is asked for here; themes have only layouts.
plugins = (own["plugins"] || []) & ["jekyll-feed"]
settings = own.merge(given).merge("plugins" => plugins).reject { |key, _| key == "theme" }
file = Tempfile.new(["settings", ".yml"])
file.write(YAML.dump(settings))
file.close
config = Jekyll.configuration(
  "config" => file.path, "source" => folder, "destination" => destination,
  "disable_disk_cache" => true, "quiet" => true
)
site = Jekyll::Site.new(config)
site.process
written = [*site.pages, *site.docs_to_write]
addresses = written.to_h { |file| [File.expand_path(file.path.to_s, folder).delete_prefix("#{folder}/"), file.destination(destination).delete_prefix(destination)] }
feeds = Dir[File.join(destination, "**/*.xml")].sort.to_h do |file|
  entries = File.read(file).scan(%r{<(?:item|entry)\b.*?</(?:item|entry)>}m)
  ids = entries.map { |entry| entry[%r{<(?:guid|id)\b[^>]*>(.*?)</(?:guid|id)>}m, 1] }
  [file.delete_prefix(destination), ids]
end
puts JSON.generate("addresses" => addresses.sort.to_h, "feeds" => feeds.reject { |_, ids| ids.empty? })
