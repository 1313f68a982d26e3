//! What labels call a country and what is of it, in English.

use crate::model::CountryCode;
use crate::model::Region::{
    self, EastAsia, Europe, LatinAmerica, MiddleEastNorthAfrica, NorthAmerica, Oceania,
    RussiaCentralAsia, SouthAsia, SoutheastAsia, SubSaharanAfrica,
};

type Row = (&'static str, &'static str, &'static str, Region);

/// Code, name, adjective, region; by code. As the catalogue has them, where it has them.
const COUNTRIES: &[Row] = &[
    ("AD", "Andorra", "Andorran", Europe),
    (
        "AE",
        "United Arab Emirates",
        "Emirati",
        MiddleEastNorthAfrica,
    ),
    ("AF", "Afghanistan", "Afghan", SouthAsia),
    ("AG", "Antigua and Barbuda", "Antiguan", LatinAmerica),
    ("AL", "Albania", "Albanian", Europe),
    ("AM", "Armenia", "Armenian", RussiaCentralAsia),
    ("AO", "Angola", "Angolan", SubSaharanAfrica),
    ("AR", "Argentina", "Argentine", LatinAmerica),
    ("AT", "Austria", "Austrian", Europe),
    ("AU", "Australia", "Australian", Oceania),
    ("AZ", "Azerbaijan", "Azerbaijani", RussiaCentralAsia),
    ("BA", "Bosnia and Herzegovina", "Bosnian", Europe),
    ("BB", "Barbados", "Barbadian", LatinAmerica),
    ("BD", "Bangladesh", "Bangladeshi", SouthAsia),
    ("BE", "Belgium", "Belgian", Europe),
    ("BF", "Burkina Faso", "Burkinabe", SubSaharanAfrica),
    ("BG", "Bulgaria", "Bulgarian", Europe),
    ("BH", "Bahrain", "Bahraini", MiddleEastNorthAfrica),
    ("BI", "Burundi", "Burundian", SubSaharanAfrica),
    ("BJ", "Benin", "Beninese", SubSaharanAfrica),
    ("BN", "Brunei", "Bruneian", SoutheastAsia),
    ("BO", "Bolivia", "Bolivian", LatinAmerica),
    ("BR", "Brazil", "Brazilian", LatinAmerica),
    ("BS", "Bahamas", "Bahamian", LatinAmerica),
    ("BT", "Bhutan", "Bhutanese", SouthAsia),
    ("BW", "Botswana", "Botswanan", SubSaharanAfrica),
    ("BY", "Belarus", "Belarusian", Europe),
    ("BZ", "Belize", "Belizean", LatinAmerica),
    ("CA", "Canada", "Canadian", NorthAmerica),
    ("CD", "DR Congo", "Congolese", SubSaharanAfrica),
    (
        "CF",
        "Central African Republic",
        "Central African",
        SubSaharanAfrica,
    ),
    ("CG", "Republic of the Congo", "Congolese", SubSaharanAfrica),
    ("CH", "Switzerland", "Swiss", Europe),
    ("CI", "Côte d'Ivoire", "Ivorian", SubSaharanAfrica),
    ("CL", "Chile", "Chilean", LatinAmerica),
    ("CM", "Cameroon", "Cameroonian", SubSaharanAfrica),
    ("CN", "China", "Chinese", EastAsia),
    ("CO", "Colombia", "Colombian", LatinAmerica),
    ("CR", "Costa Rica", "Costa Rican", LatinAmerica),
    ("CU", "Cuba", "Cuban", LatinAmerica),
    ("CV", "Cabo Verde", "Cabo Verdean", SubSaharanAfrica),
    ("CY", "Cyprus", "Cypriot", Europe),
    ("CZ", "Czechia", "Czech", Europe),
    ("DE", "Germany", "German", Europe),
    ("DJ", "Djibouti", "Djiboutian", SubSaharanAfrica),
    ("DK", "Denmark", "Danish", Europe),
    ("DM", "Dominica", "Dominican", LatinAmerica),
    ("DO", "Dominican Republic", "Dominican", LatinAmerica),
    ("DZ", "Algeria", "Algerian", MiddleEastNorthAfrica),
    ("EC", "Ecuador", "Ecuadorian", LatinAmerica),
    ("EE", "Estonia", "Estonian", Europe),
    ("EG", "Egypt", "Egyptian", MiddleEastNorthAfrica),
    ("ER", "Eritrea", "Eritrean", SubSaharanAfrica),
    ("ES", "Spain", "Spanish", Europe),
    ("ET", "Ethiopia", "Ethiopian", SubSaharanAfrica),
    ("FI", "Finland", "Finnish", Europe),
    ("FJ", "Fiji", "Fijian", Oceania),
    ("FM", "Micronesia", "Micronesian", Oceania),
    ("FR", "France", "French", Europe),
    ("GA", "Gabon", "Gabonese", SubSaharanAfrica),
    ("GB", "United Kingdom", "British", Europe),
    ("GD", "Grenada", "Grenadian", LatinAmerica),
    ("GE", "Georgia", "Georgian", RussiaCentralAsia),
    ("GH", "Ghana", "Ghanaian", SubSaharanAfrica),
    ("GL", "Greenland", "Greenlandic", NorthAmerica),
    ("GM", "Gambia", "Gambian", SubSaharanAfrica),
    ("GN", "Guinea", "Guinean", SubSaharanAfrica),
    (
        "GQ",
        "Equatorial Guinea",
        "Equatorial Guinean",
        SubSaharanAfrica,
    ),
    ("GR", "Greece", "Greek", Europe),
    ("GT", "Guatemala", "Guatemalan", LatinAmerica),
    ("GW", "Guinea-Bissau", "Bissau-Guinean", SubSaharanAfrica),
    ("GY", "Guyana", "Guyanese", LatinAmerica),
    ("HK", "Hong Kong", "Hong Kong", EastAsia),
    ("HN", "Honduras", "Honduran", LatinAmerica),
    ("HR", "Croatia", "Croatian", Europe),
    ("HT", "Haiti", "Haitian", LatinAmerica),
    ("HU", "Hungary", "Hungarian", Europe),
    ("ID", "Indonesia", "Indonesian", SoutheastAsia),
    ("IE", "Ireland", "Irish", Europe),
    ("IL", "Israel", "Israeli", MiddleEastNorthAfrica),
    ("IN", "India", "Indian", SouthAsia),
    ("IQ", "Iraq", "Iraqi", MiddleEastNorthAfrica),
    ("IR", "Iran", "Iranian", MiddleEastNorthAfrica),
    ("IS", "Iceland", "Icelandic", Europe),
    ("IT", "Italy", "Italian", Europe),
    ("JM", "Jamaica", "Jamaican", LatinAmerica),
    ("JO", "Jordan", "Jordanian", MiddleEastNorthAfrica),
    ("JP", "Japan", "Japanese", EastAsia),
    ("KE", "Kenya", "Kenyan", SubSaharanAfrica),
    ("KG", "Kyrgyzstan", "Kyrgyz", RussiaCentralAsia),
    ("KH", "Cambodia", "Cambodian", SoutheastAsia),
    ("KI", "Kiribati", "Kiribati", Oceania),
    ("KM", "Comoros", "Comorian", SubSaharanAfrica),
    ("KN", "Saint Kitts and Nevis", "Kittitian", LatinAmerica),
    ("KP", "North Korea", "North Korean", EastAsia),
    ("KR", "South Korea", "South Korean", EastAsia),
    ("KW", "Kuwait", "Kuwaiti", MiddleEastNorthAfrica),
    ("KZ", "Kazakhstan", "Kazakh", RussiaCentralAsia),
    ("LA", "Laos", "Lao", SoutheastAsia),
    ("LB", "Lebanon", "Lebanese", MiddleEastNorthAfrica),
    ("LC", "Saint Lucia", "Saint Lucian", LatinAmerica),
    ("LI", "Liechtenstein", "Liechtenstein", Europe),
    ("LK", "Sri Lanka", "Sri Lankan", SouthAsia),
    ("LR", "Liberia", "Liberian", SubSaharanAfrica),
    ("LS", "Lesotho", "Basotho", SubSaharanAfrica),
    ("LT", "Lithuania", "Lithuanian", Europe),
    ("LU", "Luxembourg", "Luxembourg", Europe),
    ("LV", "Latvia", "Latvian", Europe),
    ("LY", "Libya", "Libyan", MiddleEastNorthAfrica),
    ("MA", "Morocco", "Moroccan", MiddleEastNorthAfrica),
    ("MC", "Monaco", "Monegasque", Europe),
    ("MD", "Moldova", "Moldovan", Europe),
    ("ME", "Montenegro", "Montenegrin", Europe),
    ("MG", "Madagascar", "Malagasy", SubSaharanAfrica),
    ("MH", "Marshall Islands", "Marshallese", Oceania),
    ("MK", "North Macedonia", "North Macedonian", Europe),
    ("ML", "Mali", "Malian", SubSaharanAfrica),
    ("MM", "Myanmar", "Myanmar", SoutheastAsia),
    ("MN", "Mongolia", "Mongolian", EastAsia),
    ("MO", "Macao", "Macanese", EastAsia),
    ("MR", "Mauritania", "Mauritanian", SubSaharanAfrica),
    ("MT", "Malta", "Maltese", Europe),
    ("MU", "Mauritius", "Mauritian", SubSaharanAfrica),
    ("MV", "Maldives", "Maldivian", SouthAsia),
    ("MW", "Malawi", "Malawian", SubSaharanAfrica),
    ("MX", "Mexico", "Mexican", LatinAmerica),
    ("MY", "Malaysia", "Malaysian", SoutheastAsia),
    ("MZ", "Mozambique", "Mozambican", SubSaharanAfrica),
    ("NA", "Namibia", "Namibian", SubSaharanAfrica),
    ("NE", "Niger", "Nigerien", SubSaharanAfrica),
    ("NG", "Nigeria", "Nigerian", SubSaharanAfrica),
    ("NI", "Nicaragua", "Nicaraguan", LatinAmerica),
    ("NL", "Netherlands", "Dutch", Europe),
    ("NO", "Norway", "Norwegian", Europe),
    ("NP", "Nepal", "Nepali", SouthAsia),
    ("NR", "Nauru", "Nauruan", Oceania),
    ("NZ", "New Zealand", "New Zealand", Oceania),
    ("OM", "Oman", "Omani", MiddleEastNorthAfrica),
    ("PA", "Panama", "Panamanian", LatinAmerica),
    ("PE", "Peru", "Peruvian", LatinAmerica),
    ("PG", "Papua New Guinea", "Papua New Guinean", Oceania),
    ("PH", "Philippines", "Philippine", SoutheastAsia),
    ("PK", "Pakistan", "Pakistani", SouthAsia),
    ("PL", "Poland", "Polish", Europe),
    ("PR", "Puerto Rico", "Puerto Rican", LatinAmerica),
    ("PS", "Palestine", "Palestinian", MiddleEastNorthAfrica),
    ("PT", "Portugal", "Portuguese", Europe),
    ("PW", "Palau", "Palauan", Oceania),
    ("PY", "Paraguay", "Paraguayan", LatinAmerica),
    ("QA", "Qatar", "Qatari", MiddleEastNorthAfrica),
    ("RO", "Romania", "Romanian", Europe),
    ("RS", "Serbia", "Serbian", Europe),
    ("RU", "Russia", "Russian", RussiaCentralAsia),
    ("RW", "Rwanda", "Rwandan", SubSaharanAfrica),
    ("SA", "Saudi Arabia", "Saudi", MiddleEastNorthAfrica),
    ("SB", "Solomon Islands", "Solomon Islands", Oceania),
    ("SC", "Seychelles", "Seychellois", SubSaharanAfrica),
    ("SD", "Sudan", "Sudanese", SubSaharanAfrica),
    ("SE", "Sweden", "Swedish", Europe),
    ("SG", "Singapore", "Singaporean", SoutheastAsia),
    ("SI", "Slovenia", "Slovenian", Europe),
    ("SK", "Slovakia", "Slovak", Europe),
    ("SL", "Sierra Leone", "Sierra Leonean", SubSaharanAfrica),
    ("SM", "San Marino", "Sammarinese", Europe),
    ("SN", "Senegal", "Senegalese", SubSaharanAfrica),
    ("SO", "Somalia", "Somali", SubSaharanAfrica),
    ("SR", "Suriname", "Surinamese", LatinAmerica),
    ("SS", "South Sudan", "South Sudanese", SubSaharanAfrica),
    (
        "ST",
        "São Tomé and Príncipe",
        "São Toméan",
        SubSaharanAfrica,
    ),
    ("SV", "El Salvador", "Salvadoran", LatinAmerica),
    ("SY", "Syria", "Syrian", MiddleEastNorthAfrica),
    ("SZ", "Eswatini", "Swazi", SubSaharanAfrica),
    ("TD", "Chad", "Chadian", SubSaharanAfrica),
    ("TG", "Togo", "Togolese", SubSaharanAfrica),
    ("TH", "Thailand", "Thai", SoutheastAsia),
    ("TJ", "Tajikistan", "Tajik", RussiaCentralAsia),
    ("TL", "Timor-Leste", "Timorese", SoutheastAsia),
    ("TM", "Turkmenistan", "Turkmen", RussiaCentralAsia),
    ("TN", "Tunisia", "Tunisian", MiddleEastNorthAfrica),
    ("TO", "Tonga", "Tongan", Oceania),
    ("TR", "Türkiye", "Turkish", MiddleEastNorthAfrica),
    ("TT", "Trinidad and Tobago", "Trinidadian", LatinAmerica),
    ("TV", "Tuvalu", "Tuvaluan", Oceania),
    ("TW", "Taiwan", "Taiwanese", EastAsia),
    ("TZ", "Tanzania", "Tanzanian", SubSaharanAfrica),
    ("UA", "Ukraine", "Ukrainian", Europe),
    ("UG", "Uganda", "Ugandan", SubSaharanAfrica),
    ("US", "United States", "American", NorthAmerica),
    ("UY", "Uruguay", "Uruguayan", LatinAmerica),
    ("UZ", "Uzbekistan", "Uzbek", RussiaCentralAsia),
    ("VA", "Vatican City", "Vatican", Europe),
    (
        "VC",
        "Saint Vincent and the Grenadines",
        "Vincentian",
        LatinAmerica,
    ),
    ("VE", "Venezuela", "Venezuelan", LatinAmerica),
    ("VN", "Vietnam", "Vietnamese", SoutheastAsia),
    ("VU", "Vanuatu", "Ni-Vanuatu", Oceania),
    ("WS", "Samoa", "Samoan", Oceania),
    ("XK", "Kosovo", "Kosovan", Europe),
    ("YE", "Yemen", "Yemeni", MiddleEastNorthAfrica),
    ("ZA", "South Africa", "South African", SubSaharanAfrica),
    ("ZM", "Zambia", "Zambian", SubSaharanAfrica),
    ("ZW", "Zimbabwe", "Zimbabwean", SubSaharanAfrica),
];

/// Countries whose names take the article.
const WITH_ARTICLE: &[&str] = &[
    "AE", "BS", "CF", "CG", "DO", "GB", "GM", "KM", "MH", "MV", "NL", "PH", "SB", "SC", "US",
];

fn row(country: CountryCode) -> Option<&'static Row> {
    COUNTRIES
        .binary_search_by_key(&country.as_str(), |(code, _, _, _)| code)
        .ok()
        .and_then(|at| COUNTRIES.get(at))
}

/// Its name, as it stands in a sentence: "the United States", "Kenya". The code where there is no
/// such country.
pub(super) fn name(country: CountryCode) -> String {
    let bare = row(country).map_or(country.as_str(), |(_, name, _, _)| name);
    if WITH_ARTICLE.contains(&country.as_str()) {
        format!("the {bare}")
    } else {
        bare.to_owned()
    }
}

/// What is of it: "American", "Kenyan".
pub(super) fn adjective(country: CountryCode) -> Option<&'static str> {
    row(country).map(|(_, _, adjective, _)| *adjective)
}

/// The region it is counted under.
pub(super) fn region(country: CountryCode) -> Option<Region> {
    row(country).map(|(_, _, _, region)| *region)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used)]

    use super::*;
    use crate::catalogue::Catalogue;

    #[test]
    fn the_table_is_sorted_and_calls_countries_what_the_catalogue_does() {
        assert!(COUNTRIES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for country in Catalogue::bundled()
            .expect("the catalogue reads")
            .countries()
        {
            let (_, name, adjective, region) =
                row(country.code).expect("the country is in the table");
            assert_eq!(*name, country.name);
            assert_eq!(*region, country.region);
            assert!(!adjective.is_empty());
        }
    }

    #[test]
    fn as_it_stands_in_a_sentence() {
        assert_eq!(name("US".parse().expect("a code")), "the United States");
        assert_eq!(name("KE".parse().expect("a code")), "Kenya");
        assert_eq!(name("ZZ".parse().expect("a code")), "ZZ");
        assert_eq!(adjective("KE".parse().expect("a code")), Some("Kenyan"));
        assert_eq!(adjective("ZZ".parse().expect("a code")), None);
    }
}
