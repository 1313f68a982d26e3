//! The elements of HTML that matter to an article, and what the parser must know of them.

macro_rules! tags {
    ($($variant:ident $($name:literal)+;)*) => {
        /// An element's name. Names that mean nothing to us are [`Tag::Other`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub(super) enum Tag { $($variant,)* Other }

        impl Tag {
            /// How many there are.
            pub(super) const COUNT: usize = Self::Other as usize + 1;

            /// The element of a name in lower case.
            pub(super) fn of(name: &[u8]) -> Self {
                match name { $($($name)|+ => Self::$variant,)* _ => Self::Other }
            }
        }
    };
}

tags! {
    A b"a"; Abbr b"abbr" b"acronym"; Address b"address"; Annotation b"annotation" b"annotation-xml";
    Area b"area"; Article b"article";
    Aside b"aside"; Audio b"audio"; B b"b"; Base b"base"; Blockquote b"blockquote"; Body b"body";
    Br b"br"; Button b"button"; Caption b"caption"; Center b"center"; Cite b"cite"; Code b"code";
    Col b"col"; Colgroup b"colgroup"; Dd b"dd"; Del b"del"; Details b"details"; Dialog b"dialog";
    Div b"div"; Dl b"dl"; Dt b"dt"; Em b"em"; Embed b"embed"; Fieldset b"fieldset";
    Figcaption b"figcaption" b"amp-fit-text"; Figure b"figure"; Font b"font"; Footer b"footer"; Form b"form";
    Frame b"frame" b"frameset"; H1 b"h1"; H2 b"h2"; H3 b"h3"; H4 b"h4"; H5 b"h5"; H6 b"h6"; Head b"head";
    Header b"header"; Hgroup b"hgroup"; Hr b"hr"; Html b"html"; I b"i"; Iframe b"iframe" b"amp-iframe";
    Img b"img" b"amp-img" b"amp-anim" b"image"; Input b"input"; Ins b"ins"; Kbd b"kbd"; Label b"label";
    Legend b"legend"; Li b"li"; Link b"link"; Main b"main"; Mark b"mark"; Marquee b"marquee"; Math b"math";
    Menu b"menu" b"dir"; Meta b"meta"; Nav b"nav"; Noembed b"noembed"; Noframes b"noframes";
    Noscript b"noscript"; Object b"object" b"applet"; Ol b"ol"; Optgroup b"optgroup"; Option b"option";
    P b"p"; Param b"param"; Picture b"picture"; Plaintext b"plaintext"; Pre b"pre" b"listing"; Q b"q";
    S b"s" b"strike"; Samp b"samp"; Script b"script"; Section b"section"; Select b"select"; Small b"small";
    Source b"source"; Span b"span"; Strong b"strong"; Style b"style"; Sub b"sub"; Summary b"summary";
    Sup b"sup"; Svg b"svg"; Table b"table"; Tbody b"tbody"; Td b"td"; Template b"template";
    Textarea b"textarea"; Tfoot b"tfoot"; Th b"th"; Thead b"thead"; Time b"time"; Title b"title"; Tr b"tr";
    Track b"track"; Tt b"tt"; U b"u"; Ul b"ul"; Var b"var"; Video b"video"; Wbr b"wbr"; Xmp b"xmp";
}

impl Tag {
    /// Has no end tag and no children.
    pub(super) fn is_void(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Area | Base
                | Br
                | Col
                | Embed
                | Frame
                | Hr
                | Img
                | Input
                | Link
                | Meta
                | Param
                | Source
                | Track
                | Wbr
        )
    }

    /// Its start ends an open paragraph.
    pub(super) fn closes_paragraph(self) -> bool {
        use Tag::*;
        self.is_heading()
            || matches!(
                self,
                Address
                    | Article
                    | Aside
                    | Blockquote
                    | Center
                    | Dd
                    | Details
                    | Dialog
                    | Div
                    | Dl
                    | Dt
                    | Fieldset
                    | Figcaption
                    | Figure
                    | Footer
                    | Form
                    | Header
                    | Hgroup
                    | Hr
                    | Li
                    | Main
                    | Menu
                    | Nav
                    | Ol
                    | P
                    | Plaintext
                    | Pre
                    | Section
                    | Summary
                    | Table
                    | Ul
                    | Xmp
            )
    }

    /// The standard's "special" elements: an end tag of an inline element does not reach past one.
    pub(super) fn is_special(self) -> bool {
        use Tag::*;
        self.closes_paragraph()
            || self.is_void()
            || matches!(
                self,
                Body | Button
                    | Caption
                    | Colgroup
                    | Head
                    | Html
                    | Iframe
                    | Marquee
                    | Noembed
                    | Noframes
                    | Noscript
                    | Object
                    | Script
                    | Select
                    | Style
                    | Tbody
                    | Td
                    | Template
                    | Textarea
                    | Tfoot
                    | Th
                    | Thead
                    | Title
                    | Tr
            )
    }

    /// No end tag reaches past one of these ("has an element in scope").
    pub(super) fn is_barrier(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Caption | Html | Marquee | Object | Svg | Math | Table | Td | Template | Th
        )
    }

    pub(super) fn is_heading(self) -> bool {
        use Tag::*;
        matches!(self, H1 | H2 | H3 | H4 | H5 | H6)
    }

    /// The level of a heading, 1 to 6.
    pub(super) fn heading_level(self) -> Option<u8> {
        self.is_heading().then(|| self as u8 - Tag::H1 as u8 + 1)
    }

    /// Part of a line of text rather than a block of its own. What is unknown counts as inline, as
    /// in a browser without a style sheet.
    pub(super) fn is_inline(self) -> bool {
        use Tag::*;
        matches!(
            self,
            A | Abbr
                | B
                | Br
                | Cite
                | Code
                | Del
                | Em
                | Font
                | I
                | Ins
                | Kbd
                | Label
                | Mark
                | Math
                | Noscript
                | Other
                | Q
                | S
                | Samp
                | Small
                | Span
                | Strong
                | Sub
                | Sup
                | Time
                | Tt
                | U
                | Var
                | Wbr
                | Img
                | Picture
        )
    }

    /// Not shown, or shown within a line: no paragraph ends at it.
    pub(super) fn is_within_a_line(self) -> bool {
        use Tag::*;
        self.is_inline()
            || matches!(
                self,
                Annotation
                    | Button
                    | Input
                    | Link
                    | Meta
                    | Noscript
                    | Param
                    | Script
                    | Select
                    | Source
                    | Style
                    | Svg
                    | Template
                    | Track
            )
    }

    /// Nothing inside it is text of the page: code, styles, form controls, drawings, the second
    /// writing of a formula, fallbacks.
    pub(super) fn is_silent(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Annotation
                | Audio
                | Button
                | Colgroup
                | Dialog
                | Frame
                | Head
                | Iframe
                | Input
                | Link
                | Meta
                | Noembed
                | Noframes
                | Noscript
                | Object
                | Optgroup
                | Option
                | Param
                | Script
                | Select
                | Source
                | Style
                | Svg
                | Template
                | Textarea
                | Title
                | Track
                | Video
        )
    }
}
