#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

/// Countries in the order of the text, repetitions too.
fn named(text: &str, language: &str) -> String {
    countries(text, language)
        .iter()
        .map(|mention| mention.country.to_string())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Each line: a text, and the countries it names.
fn check(language: &str, cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, expected)| named(text, language) != *expected)
        .map(|(text, expected)| format!("{text}: {:?}, not {expected:?}", named(text, language)))
        .collect();
    assert!(wrong.is_empty(), "{language}\n{}", wrong.join("\n"));
}

#[test]
fn tables_are_of_the_form_and_small() {
    assert_eq!(super::tables::malformed(), Vec::<String>::new());
    assert!(super::tables::size() < 400_000, "{}", super::tables::size());
}

#[test]
fn names_demonyms_capitals_leaders_and_metonyms() {
    let text = "Kyiv said Ukrainian drones hit Russia; the Kremlin and Volodymyr Zelensky differ.";
    let found: Vec<_> = countries(text, "en")
        .iter()
        .map(|m| (m.country.to_string(), &text[m.range.clone()], m.via))
        .collect();
    assert_eq!(
        found,
        [
            ("UA".to_owned(), "Kyiv", Via::Capital),
            ("UA".to_owned(), "Ukrainian", Via::Demonym),
            ("RU".to_owned(), "Russia", Via::Name),
            ("RU".to_owned(), "Kremlin", Via::Metonym),
            ("UA".to_owned(), "Volodymyr Zelensky", Via::Person),
        ]
    );
}

#[test]
fn names_that_are_also_other_things() {
    check(
        "en",
        &[
            // Georgia, twice.
            ("Protests in Tbilisi as Georgia votes", "GE GE"),
            ("The governor of Georgia spoke in Atlanta", "US US"),
            ("A judge in Atlanta, Georgia, ruled", "US"),
            ("Georgia wept.", ""),
            // Jordan and Chad, countries and people.
            ("King Abdullah said Jordan would wait", "JO"),
            (
                "Michael Jordan scored; Jordan Peterson wrote from Jordan",
                "",
            ),
            ("Refugees in Chad wait", "TD"),
            ("Chad Smith plays the drums", ""),
            // Birds, crockery, varnish.
            ("Roast a turkey on fine china and polish it", ""),
            ("Talks between Turkey and Greece", "TR GR"),
            ("Cook it for Thanksgiving; a Turkey is a big bird", ""),
            ("A Polish minister and Polish voters", "PL PL"),
            ("Polish your silver", ""),
            ("POLISH YOUR SILVER TODAY", ""),
            ("A Turkish court", "TR"),
            // Families of names.
            (
                "Guinea, Equatorial Guinea, Guinea-Bissau and Papua New Guinea",
                "GN GQ GW PG",
            ),
            ("A guinea pig in the Gulf of Guinea", ""),
            (
                "Kinshasa in Congo and Brazzaville in the Republic of the Congo",
                "CD CG CG",
            ),
            ("The Democratic Republic of the Congo", "CD"),
            ("Fighting in eastern Congo", "CD"),
            (
                "Niger, Nigeria, Nigerien and Nigerian troops",
                "NE NG NE NG",
            ),
            ("Ireland and Northern Ireland", "IE GB"),
            ("South Korea, North Korea and the Korean War", "KR KP"),
            ("Dominica's capital Roseau", "DM DM"),
            ("The Dominican Republic's Dominican workers", "DO DO"),
            ("Sudan and South Sudan", "SD SS"),
            // Parts of words and of other names.
            ("A woman, a Somali, an Omani and a Malian", "SO OM ML"),
            ("Paris Hilton on the Paris Agreement", ""),
            ("A ranch in New Mexico", "US"),
            ("Ports of the South China Sea and the Indian Ocean", ""),
            ("Latin American and South American trade", ""),
            ("African Americans vote", ""),
            ("Holland won", "NL"),
            ("Tom Holland acts", ""),
            // Joined, possessive, in capitals.
            ("The Iran–Iraq war and Iran-Iraq trade", "IR IQ IR IQ"),
            ("France's and Germany’s plan", "FR DE"),
            ("FRANCE AND UKRAINE SIGN", "FR UA"),
            ("The US and the U.S. said U.S.-led talks", "US US US"),
            ("They told us", ""),
            ("THEY TOLD US NOTHING AT ALL", ""),
            ("It cost US$5bn", ""),
            ("George Washington slept here; Washington objected", "US"),
        ],
    );
}

#[test]
fn leaders_by_full_name_or_by_one_that_only_they_have() {
    check(
        "en",
        &[
            (
                "Macron met Viktor Orbán and Recep Tayyip Erdoğan",
                "FR HU TR",
            ),
            ("Melania Trump smiled at Trump", "US"),
            ("Carney spoke", ""),
            ("Mark Carney spoke. Then Carney left.", "CA CA"),
            ("King Charles III and Pope Leo XIV", "GB VA"),
            ("Kim Jong-un wrote to Xi Jinping", "KP CN"),
            ("Luís Montenegro of Portugal", "PT PT"),
        ],
    );
}

#[test]
fn bodies_are_no_countries() {
    let found = mentions(
        "The European Union, NATO and the U.N. Security Council met in Brussels.",
        "en",
        &Ignored::default(),
    );
    assert_eq!(found.countries, []);
    let bodies: Vec<Body> = found.bodies.iter().map(|mention| mention.body).collect();
    assert_eq!(
        bodies,
        [Body::EuropeanUnion, Body::Nato, Body::UnitedNations]
    );
}

#[test]
fn publishers_name_no_country() {
    let ignored = Ignored::new(["The Kyiv Post", "BBC Ukraine", ""]);
    let text = "The Kyiv Post reports from Poland; BBC Ukraine and the BBC Ukrainians agree.";
    let found = mentions(text, "en", &ignored).countries;
    let codes: Vec<String> = found.iter().map(|m| m.country.to_string()).collect();
    assert_eq!(codes, ["PL", "UA"]);
}

#[test]
fn inflected_names() {
    check(
        "uk",
        &[
            (
                "Президент України прибув до Польщі з Німеччини.",
                "UA PL DE",
            ),
            (
                "Росія та Китаєм, у Великій Британії й Південній Кореї",
                "RU CN GB KR",
            ),
            (
                "У Києві говорили про США, Єгипет і допомогу Єгипту.",
                "UA US EG EG",
            ),
            ("Того дня індики", ""),
        ],
    );
    check(
        "ru",
        &[
            (
                "Власти России и Украины говорили с Германией в Иране.",
                "RU UA DE IR",
            ),
            ("Индиана и Индия; Герман; в Китае, из Китая", "IN CN CN"),
            ("Соединенных Штатов и США", "US US"),
            ("Малой кровью. Того дня", ""),
        ],
    );
    check(
        "pl",
        &[
            ("W Polsce i na Ukrainie, z Rosją, do Francji", "PL UA RU FR"),
            ("Prezydent Stanów Zjednoczonych", "US"),
        ],
    );
    check("cs", &[("Na Ukrajině a v Německu, do Polska", "UA DE PL")]);
    check(
        "fi",
        &[("Suomen ja Venäjän raja, Ukrainassa, Saksaan", "FI RU UA DE")],
    );
    check(
        "hu",
        &[("Magyarországon és Ukrajnában, Oroszországgal", "HU UA RU")],
    );
    check("tr", &[("Türkiye'nin Ukrayna ve Almanya'daki", "TR UA DE")]);
    check(
        "ro",
        &[("România și granița Ucrainei cu Franței", "RO UA FR")],
    );
    check(
        "el",
        &[("Η Ελλάδα και της Ουκρανίας, στην Κύπρο", "GR UA CY")],
    );
    check("lt", &[("Lietuvos ir Ukrainoje, Rusijai", "LT UA RU")]);
    check("lv", &[("Latvijas un Ukrainā, Krievijai", "LV UA RU")]);
    check(
        "hr",
        &[("Hrvatska i u Ukrajini, s Rusijom, Srbiju", "HR UA RU RS")],
    );
    check("sr-Cyrl", &[("Србија и Украјини", "RS UA")]);
    check(
        "de",
        &[(
            "Deutschlands Nachbar Frankreich und die Ukraine",
            "DE FR UA",
        )],
    );
    check("sv", &[("Sveriges och Ukrainas regeringar", "SE UA")]);
    check("ko", &[("한국은 미국과 우크라이나에서", "KR US UA")]);
    check("kk", &[("Қазақстанның Ресейге", "KZ RU")]);
    check("ka", &[("საქართველოს და უკრაინაში", "GE UA")]);
}

#[test]
fn languages_without_cases() {
    check(
        "es",
        &[(
            "España y los Estados Unidos, en México y EE. UU.",
            "ES US MX US",
        )],
    );
    check(
        "fr",
        &[("L’Ukraine, la Côte d’Ivoire et les États-Unis", "UA CI US")],
    );
    check("pt-BR", &[("O Brasil e a Ucrânia; os EUA", "BR UA US")]);
    check("it", &[("L'Italia, la Germania e gli Usa", "IT DE US")]);
    check("id", &[("Indonesia dan Amerika Serikat", "ID US")]);
    check("vi", &[("Việt Nam và Hoa Kỳ, Trung Quốc", "VN US CN")]);
    check("sw", &[("Kenya na Tanzania", "KE TZ")]);
}

#[test]
fn scripts_without_spaces_and_with_written_on_words() {
    check(
        "zh-Hans",
        &[(
            "中国和美国讨论乌克兰局势，印度尼西亚旁观印度洋",
            "CN US UA ID",
        )],
    );
    check("zh-Hant", &[("日本與美國討論烏克蘭", "JP US UA")]);
    check(
        "ja",
        &[(
            "日本と米国、ウクライナ情勢を協議。インドネシアも",
            "JP US UA ID",
        )],
    );
    check("ja", &[("マリアさんとアマリリス", "")]);
    check("th", &[("ประเทศไทยและยูเครน", "TH UA")]);
    check(
        "ar",
        &[(
            "قالت مصر وأوكرانيا إن السعودية والعراق في فرنسا",
            "EG UA SA IQ FR",
        )],
    );
    check("ar", &[("الرئيس المصري في بغداد وللعراق", "EG IQ IQ")]);
    check("bn", &[("ইউক্রেনের", "UA")]);
    check("ne", &[("नेपालको", "NP")]);
}

#[test]
fn datelines() {
    let cases = [
        ("KYIV, Ukraine (Reuters) — The army said", "en", "UA"),
        ("Kyiv, June 3 - The army said", "en", "UA"),
        ("PARIS — The mayor", "en", "FR"),
        ("Brussels – The Commission", "en", "BE"),
        ("BORODIANKA, Ukraine (AP) — Workers", "en", "UA"),
        ("ATLANTA, Ga. (AP) — A judge", "en", "US"),
        ("ATLANTA, Georgia — A judge", "en", "US"),
        ("TBILISI, Georgia — Crowds", "en", "GE"),
        ("CAPE MERRITT, Va. — A barge", "en", "US"),
        ("BEIRUT/JERUSALEM, Oct 3 (Reuters) - Israel", "en", "LB"),
        ("MADRID, 3 jun. (EUROPA PRESS) – El presidente", "es", "ES"),
        ("Madrid, 3 jun (EFE).- El presidente", "es", "ES"),
        ("Paris (AFP) – Le président", "fr", "FR"),
        ("КИЇВ, 3 червня (Укрінформ) — Президент", "uk", "UA"),
        ("新华社北京11月3日电　国家", "zh-Hans", "CN"),
        ("【ワシントン共同】米国", "ja", "US"),
        ("Ukraine — a country at war", "en", ""),
        ("Paris – the city of light", "en", ""),
        ("The mayor, in Paris — who knew — left", "en", ""),
        ("No dash here", "en", ""),
        ("", "en", ""),
    ];
    for (text, language, expected) in cases {
        let found = dateline(text, language).map_or(String::new(), |country| country.to_string());
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn people_come_back_by_their_family_name() {
    let text = "President Dana Whitcombe signed the order on Monday. Critics of Whitcombe, \
        among them Senator Ruth Adebayo-Lane, object. \"No,\" Adebayo-Lane said. Buenos Aires is \
        far; Buenos Aires is warm. The United Nations and the Harbour Museum agree with the \
        Harbour Museum. Economics Minister Friederike Nolte, 51, and Nolte's staff left.";
    let found = people(text);
    let names: Vec<_> = found
        .iter()
        .map(|person| (person.name.as_str(), person.ranges.len(), person.role))
        .collect();
    assert_eq!(
        names,
        [
            ("Dana Whitcombe", 2, Some(Role::President)),
            ("Ruth Adebayo-Lane", 2, None),
            ("Friederike Nolte", 2, Some(Role::Minister)),
        ]
    );
}

#[test]
fn a_story_has_the_actors_its_articles_share() {
    let none = Ignored::default();
    let article = |title: &str, body: &str, home: &str| {
        Actors::of_article(title, "", body, "en", home.parse().ok(), &none)
    };
    let story = Actors::of_story(&[
        article(
            "Ukraine and Spain open a grain line",
            "KYIV — The train left Ukraine for Spain.",
            "UA",
        ),
        article(
            "Spain takes Ukrainian maize",
            "KYIV — Spain said it was glad.",
            "ES",
        ),
        article("Grain from Ukraine reaches Spain", "Egypt looks on.", "EG"),
    ]);
    let parties: Vec<String> = story.parties().iter().map(ToString::to_string).collect();
    assert_eq!(parties, ["ES", "UA"]);
    assert_eq!(story.place, "UA".parse().ok());
    assert_eq!(Actors::of_story(&[]), Actors::default());
}

#[test]
fn a_megabyte_of_anything_is_read() {
    let names = "Guinea South South Korea United Georgia's Jordan ".repeat(21_000);
    assert!(!countries(&names, "en").is_empty());
    for (text, language) in [
        ("中国印度".repeat(90_000), "zh"),
        ("Україні".repeat(75_000), "uk"),
    ] {
        let _ = countries(&text, language);
    }
    let capitals = "Anna Lee ".repeat(110_000);
    assert!(people(&capitals).len() <= 1);
    assert_eq!(dateline(&"—".repeat(350_000), "en"), None);
}

const LANGUAGES: [&str; 12] = [
    "en", "uk", "ru", "fi", "hu", "ja", "zh-Hant", "ar", "th", "ko", "bn", "xx",
];

proptest! {
    #[test]
    fn ranges_are_whole_and_in_order(
        words in proptest::collection::vec(
            prop_oneof![
                Just("Ukraine".to_owned()), Just("UKRAINE’s".to_owned()), Just("Georgia".to_owned()),
                Just("U.S.".to_owned()), Just("Україною".to_owned()), Just("米国".to_owned()),
                Just("والعراق".to_owned()), Just("İran".to_owned()), Just("Mark Carney".to_owned()),
                Just("KYIV (AP) —".to_owned()), Just("President Ann Bo".to_owned()), "\\PC{0,8}",
            ],
            0..20,
        ),
        separator in prop_oneof![Just(" "), Just(""), Just("-"), Just("\n"), Just("’")],
        language in proptest::sample::select(&LANGUAGES[..]),
    ) {
        let text = words.join(separator);
        let mut end = 0;
        for mention in countries(&text, language) {
            prop_assert!(mention.range.start >= end && mention.range.start < mention.range.end);
            prop_assert!(text.get(mention.range.clone()).is_some());
            end = mention.range.end;
        }
        for range in people(&text).into_iter().flat_map(|person| person.ranges) {
            prop_assert!(text.get(range).is_some());
        }
        let ignored = Ignored::new(["Kyiv", "米国"]);
        let one = Actors::of_article(&text, &text, &text, language, None, &ignored);
        let sum: f32 = one.countries.iter().map(|(_, share)| share).sum();
        prop_assert!(one.countries.is_empty() || (sum - 1.0).abs() < 1e-3);
        let _ = Actors::of_story(&[one.clone(), one]);
        let _ = dateline(&text, language);
    }
}
