//! Parameters of addresses that say where a reader came from and nothing about what is there.

use url::Url;

/// Parameters that say where a reader came from, by the beginning of their name: Google Analytics
/// and Urchin, AT Internet, Mailchimp, Matomo, HubSpot, Omeda, Vero.
const TRACKING_PREFIXES: [&str; 11] = [
    "utm_", "at_", "mc_", "pk_", "piwik_", "mtm_", "matomo_", "hsa_", "oly_", "vero_", "_hs",
];

/// The same by their whole name: click ids of advertisers, campaign ids of analytics and of single
/// publishers (`maca` DW, `xtor` France, `ocid` BBC and MSN, `ito` Daily Mail, `ftag` CBS,
/// `cmp` Guardian, `ns_…` and `ns_mchannel` BBC and Mail, `smid` New York Times).
#[rustfmt::skip] // One name a line would hide the table.
const TRACKING: [&str; 52] = [
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "twclid", "ttclid",
    "yclid", "ysclid", "igshid", "igsh", "mkt_tok", "xtor", "xtcr", "xtref", "cmpid", "cmp",
    "maca", "ocid", "ito", "ftag", "ncid", "s_cid", "icid", "intcid", "int_source", "int_medium",
    "int_campaign", "ns_mchannel", "ns_source", "ns_campaign", "ns_linkname", "ns_fee", "smid",
    "smtyp", "emc", "_ga", "_gl", "guccounter", "guce_referrer", "guce_referrer_sig", "ref_src",
    "ref_url", "wt_mc", "wt.mc_id", "soc_src", "soc_trk", "sr_share", "srnd", "traffic_source",
];

/// Parameters that mean something on other sites, and count only if they say the reader came from
/// a feed.
const SAYS_FEED: [&str; 9] = [
    "ref", "source", "src", "from", "via", "partner", "rss", "feed", "medium",
];

/// Whether a parameter (`name=value`, as it stands in an address) only follows the reader.
pub(crate) fn is_tracking(parameter: &str) -> bool {
    let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
    let name = name.to_ascii_lowercase();
    let value = value.to_ascii_lowercase();
    TRACKING_PREFIXES
        .iter()
        .any(|prefix| name.starts_with(prefix))
        || TRACKING.contains(&name.as_str())
        || (SAYS_FEED.contains(&name.as_str())
            && (value.starts_with("rss") || matches!(value.as_str(), "feed" | "feeds" | "atom")))
}

/// Takes them out of an address. All else stays as it is.
pub(crate) fn strip(url: &mut Url) {
    let Some(query) = url.query() else { return };
    if !query.split('&').any(is_tracking) {
        return;
    }
    let kept: Vec<&str> = query.split('&').filter(|p| !is_tracking(p)).collect();
    let kept = kept.join("&");
    url.set_query((!kept.is_empty()).then_some(&kept));
}
