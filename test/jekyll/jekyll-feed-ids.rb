# Prints what templates of feeds write as the ids of a site's entries under a setting, as JSON by path of the source: a list of
# what each form of the setting former_feed_ids stands for.
# Usage: ruby jekyll-feed-ids.rb FOLDER < setting.json
require "jekyll"
require "json"

# What Addressable does since 2.8.2, where an older version is installed.
if ENV["UNICODE"] == "NFC" && Addressable::IDNA.respond_to?(:unicode_normalize_kc)
  Addressable::IDNA.define_singleton_method(:unicode_normalize_kc) do |text|
    text.to_s.dup.force_encoding("UTF-8").unicode_normalize(:nfc)
  end
end

Jekyll.logger.log_level = :error
folder = File.realpath(ARGV.fetch(0))
setting = JSON.parse($stdin.read)
config = Jekyll.configuration(
  "source" => folder, "destination" => "/site", "permalink" => setting.fetch("permalink"),
  "timezone" => setting.fetch("timeZone"), "future" => true, "disable_disk_cache" => true,
  "collections" => { "recipes" => { "output" => true } }, "quiet" => true,
  "url" => setting.fetch("url"), "baseurl" => setting.fetch("baseurl")
)
site = Jekyll::Site.new(config)
site.reset
site.read
payload = { "site" => { "url" => config["url"], "baseurl" => config["baseurl"] } }
templates = [
  "{{ post.id | absolute_url }}",
  "{{ post.id | prepend: site.baseurl | prepend: site.url }}",
  "{{ post.url | absolute_url }}",
  "{{ post.url | prepend: site.baseurl | prepend: site.url }}",
].map { |text| Liquid::Template.parse(text) }
documents = site.collections.values_at("posts", "recipes").flat_map(&:docs)
puts JSON.generate(
  documents.to_h do |doc|
    ids = templates.map { |template| template.render!(payload.merge("post" => doc.to_liquid), :registers => { :site => site }) }
    [doc.path.delete_prefix("#{folder}/"), ids]
  end
)
