//! Texts in twelve languages that mean nothing: as many different words as newspapers have, and as
//! often as words come (Zipf's law).

/// Words of a language.
const VOCABULARY: f64 = 20_000.0;

/// One language of the store.
pub(crate) struct Tongue {
    /// BCP 47.
    pub(crate) tag: &'static str,
    /// What syllables are made of.
    first: &'static str,
    second: &'static str,
    has_spaces: bool,
}

const LATIN: &str = "bcdfghklmnprstvz";

/// In the order of articles.
pub(crate) const TONGUES: [Tongue; 12] = [
    Tongue {
        tag: "en",
        first: LATIN,
        second: "aeiou",
        has_spaces: true,
    },
    Tongue {
        tag: "zh",
        first: "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严",
        second: "",
        has_spaces: false,
    },
    Tongue {
        tag: "ar",
        first: "بتثجحخدذرزسشصضطظعغفقكلمنهوي",
        second: "اويةن",
        has_spaces: true,
    },
    Tongue {
        tag: "th",
        first: "กขคงจชซญดตถทธนบปผพฟภมยรลวศสหอ",
        second: "ะาิีึืุูเแโ",
        has_spaces: false,
    },
    Tongue {
        tag: "uk",
        first: "бвгґджзклмнпрстфхцчш",
        second: "аеєиіїоуюя",
        has_spaces: true,
    },
    Tongue {
        tag: "es",
        first: "bcdfghjlmnñpqrstv",
        second: "aeioáé",
        has_spaces: true,
    },
    Tongue {
        tag: "fr",
        first: "bcçdfghjlmnpqrstv",
        second: "aeioué",
        has_spaces: true,
    },
    Tongue {
        tag: "pt",
        first: "bcdfghjlmnprstv",
        second: "aeiouã",
        has_spaces: true,
    },
    Tongue {
        tag: "de",
        first: "bdfghklmnprstwz",
        second: "aeiouäü",
        has_spaces: true,
    },
    Tongue {
        tag: "hi",
        first: "कखगघचछजझटठडढतथदधनपफबभमयरलवशसह",
        second: "ािीुूेैोौ",
        has_spaces: true,
    },
    Tongue {
        tag: "ja",
        first: "日本国会議員東京大阪政府経済新聞社会人民主党首相選挙",
        second: "あいうえおかきくけこさしすせそたちつてとなにぬねのは",
        has_spaces: false,
    },
    Tongue {
        tag: "sw",
        first: "bcdfghjklmnpstwyz",
        second: "aeiou",
        has_spaces: true,
    },
];

/// Numbers that come from a seed.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() * end as f64) as usize
    }
}

impl Tongue {
    pub(crate) fn of(tag: &str) -> &'static Self {
        TONGUES.iter().find(|tongue| tongue.tag == tag).unwrap()
    }

    /// A word, the frequent ones often.
    pub(crate) fn word(&self, dice: &mut Dice) -> String {
        let rank = VOCABULARY.powf(dice.next()) as usize;
        self.spell(rank)
    }

    fn spell(&self, rank: usize) -> String {
        let first: Vec<char> = self.first.chars().collect();
        let second: Vec<char> = self.second.chars().collect();
        let mut dice = Dice(rank as u64 ^ 0x5eed);
        dice.next();
        let syllables = match (self.has_spaces, second.is_empty()) {
            (_, true) => 2,
            (true, _) => 1 + usize::from(rank > 12) + usize::from(rank > 300) + dice.below(2),
            (false, _) => 1 + usize::from(rank > 300),
        };
        let mut word = String::new();
        for _ in 0..syllables {
            word.push(first[dice.below(first.len())]);
            if !second.is_empty() {
                word.push(second[dice.below(second.len())]);
            }
        }
        word
    }

    pub(crate) fn text(&self, dice: &mut Dice, words: usize) -> String {
        let mut text = String::new();
        for at in 0..words {
            if at > 0 && (self.has_spaces || at % 12 == 0) {
                text.push(' ');
            }
            text.push_str(&self.word(dice));
        }
        text
    }
}
