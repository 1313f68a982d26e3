//! Films, posts and maps that a page shows from elsewhere.

use url::Url;

/// Hosts whose players and posts publishers embed, and what people call them.
#[rustfmt::skip] // One name a line would hide the table.
const PROVIDERS: [(&str, &str); 40] = [
    ("youtube.com", "YouTube"), ("youtube-nocookie.com", "YouTube"), ("youtu.be", "YouTube"),
    ("vimeo.com", "Vimeo"), ("dailymotion.com", "Dailymotion"), ("twitter.com", "X"), ("x.com", "X"),
    ("instagram.com", "Instagram"), ("facebook.com", "Facebook"), ("tiktok.com", "TikTok"),
    ("bsky.app", "Bluesky"), ("t.me", "Telegram"), ("telegram.org", "Telegram"), ("vk.com", "VK"),
    ("vkvideo.ru", "VK"), ("rutube.ru", "Rutube"), ("ok.ru", "OK"), ("reddit.com", "Reddit"),
    ("linkedin.com", "LinkedIn"), ("threads.net", "Threads"), ("spotify.com", "Spotify"),
    ("soundcloud.com", "SoundCloud"), ("apple.com", "Apple"), ("acast.com", "Acast"),
    ("megaphone.fm", "Megaphone"), ("podbean.com", "Podbean"), ("deezer.com", "Deezer"),
    ("google.com", "Google"), ("openstreetmap.org", "OpenStreetMap"), ("datawrapper.de", "Datawrapper"),
    ("dwcdn.net", "Datawrapper"), ("flourish.studio", "Flourish"), ("infogram.com", "Infogram"),
    ("documentcloud.org", "DocumentCloud"), ("scribd.com", "Scribd"), ("jwplayer.com", "JW Player"),
    ("brightcove.net", "Brightcove"), ("twitch.tv", "Twitch"), ("streamable.com", "Streamable"),
    ("bilibili.com", "bilibili"),
];

/// Whose a thing is, where the host is known.
pub(super) fn provider(url: &Url) -> Option<&'static str> {
    let host = url.host_str()?;
    PROVIDERS.iter().find_map(|(known, name)| {
        let rest = host.strip_suffix(known)?;
        (rest.is_empty() || rest.ends_with('.')).then_some(*name)
    })
}
