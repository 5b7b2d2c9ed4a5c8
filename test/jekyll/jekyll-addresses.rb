# Prints where Jekyll writes the posts of a site under a setting, as JSON by path of the source.
# Usage: ruby jekyll-addresses.rb FOLDER < setting.json
require "jekyll"
require "json"

Jekyll.logger.log_level = :error
folder = File.realpath(ARGV.fetch(0))
setting = JSON.parse($stdin.read)
config = Jekyll.configuration(
  "source" => folder, "destination" => "/site", "permalink" => setting.fetch("permalink"),
  "timezone" => setting.fetch("timeZone"), "future" => true, "disable_disk_cache" => true,
  "collections" => { "recipes" => { "output" => true } }, "quiet" => true
)
site = Jekyll::Site.new(config)
site.reset
site.read
documents = site.collections.values_at("posts", "recipes").flat_map(&:docs)
puts JSON.generate(
  documents.to_h { |doc| [doc.path.delete_prefix("#{folder}/"), doc.destination("/site").delete_prefix("/site")] }
)
