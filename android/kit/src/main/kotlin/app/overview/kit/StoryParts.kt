package app.overview.kit

import app.overview.bindings.Assessment
import app.overview.bindings.Coverage
import app.overview.bindings.Evidence
import app.overview.bindings.OverlookedVerdict
import app.overview.bindings.PerspectiveKind
import app.overview.bindings.PerspectiveLabel
import app.overview.bindings.Story
import app.overview.bindings.Take

/** A label, and the whole answer to "Why?". */
data class LabelItem(
    /** Such as `state:ru`. */
    val perspective: String,
    val name: String,
    /** What its shape is. */
    val kind: PerspectiveKind,
    val why: String,
    /** By name, as the documentation numbers it. */
    val rule: String,
    /** Facts with their source and day, sentences word for word, counts. */
    val evidence: List<String>,
    val notClaimed: String,
)

/** The same event under another perspective. */
data class TakeItem(
    val article: Long,
    val label: LabelItem,
    val headline: String,
    val firstSentence: String,
    val publisher: String,
    val country: String,
    /** "Uganda · 29 h". */
    val place: String,
    /** "Also in 2 others". */
    val alsoIn: String?,
    /** "Not translated yet", where it is not. */
    val note: String?,
    /** "You are reading this", of the article that the others are beside. */
    val ownText: String? = null,
    /** BCP 47, of headline and first sentence. */
    val language: String,
    val spoken: String,
)

/** A country's ticks in the coverage bar. */
data class CountryTicks(val code: String, val ran: Int)

/** A condition of a claim, for its sheet. */
data class ConditionItem(
    val name: String,
    val value: String,
    val bar: String,
    val isMet: Boolean,
    val spoken: String,
)

/** Who ran a story, and what is said of American media. */
data class CoverageItem(
    val countries: List<CountryTicks>,
    /** "14 publishers in 7 countries". */
    val ranText: String,
    val americanRan: Int,
    val americanOf: Int,
    /** "0 of 30 US". */
    val americanText: String,
    /** The claim in a few words: "Overlooked by American media", "1 of 30 American". */
    val claim: String?,
    /** The claim with its numbers, or why there is none. */
    val text: String,
    val conditions: List<ConditionItem>,
    /** The bar as a sentence. */
    val spoken: String,
)

internal fun Wording.kind(kind: PerspectiveKind): String =
    words.perspectiveKind(kind.name.lowercase()) ?: kind.name

internal fun Wording.kinds(kinds: List<PerspectiveKind>): String =
    list(*kinds.map(::kind).toTypedArray())

internal fun Wording.label(of: PerspectiveLabel): LabelItem =
    LabelItem(
        of.perspective,
        of.name,
        of.kind,
        of.why,
        of.rule,
        of.evidence.map {
            when (it) {
                is Evidence.Registry ->
                    facts(it.statement, it.source.takeIf(String::isNotEmpty), it.asOf?.toString())
                is Evidence.Sentence -> "“${it.text}”"
                is Evidence.Story -> it.statement
            }
        },
        of.notClaimed,
    )

internal fun Kit.take(of: Take): TakeItem = wording.take(of, nameOf(of.row.country))

private fun Wording.take(of: Take, country: String): TakeItem {
    val row = of.row
    val isForeign = row.language.substringBefore('-') != "en"
    val headline = row.englishTitle ?: row.title
    val note = if (isForeign && row.englishTitle == null) words.takesNotTranslated else null
    return TakeItem(
        article = row.id,
        label = label(of.label),
        headline = headline,
        firstSentence = of.firstSentence,
        publisher = row.publisherName,
        country = row.country,
        place = facts(country, age(row.sortAt)),
        alsoIn = if (of.alsoIn.isEmpty()) null else words.takesAlsoIn(of.alsoIn.size.toLong()),
        note = note,
        language = if (isForeign && row.englishTitle == null) row.language else "en",
        spoken =
            sentences(
                of.label.name,
                headline,
                of.firstSentence,
                list(row.publisherName, country, spokenAge(row.sortAt)),
                note,
            ),
    )
}

internal fun Wording.coverage(of: Story): CoverageItem = coverage(of.coverage, of.assessment)

private fun Wording.coverage(of: Coverage, assessment: Assessment): CoverageItem {
    val ran =
        words.coverageRan(
            of.countries.size.toLong(),
            words.coveragePublishers(of.publishers.toLong()),
        )
    val countries =
        of.countries.map { words.coverageCountry(it.country, "${it.ran}") }
    return CoverageItem(
        countries = of.countries.map { CountryTicks(it.country, it.ran.toInt()) },
        ranText = ran,
        americanRan = of.american.ran.toInt(),
        americanOf = of.american.of.toInt(),
        americanText = words.coverageAmerican("${of.american.of}", "${of.american.ran}"),
        claim =
            when (assessment.verdict) {
                is OverlookedVerdict.Overlooked -> words.coverageOverlooked
                is OverlookedVerdict.UnderCovered ->
                    words.storiesOverlooked("${of.american.of}", "${of.american.ran}")
                else -> null
            },
        text = assessment.text,
        conditions =
            assessment.conditions.map {
                val state = if (it.holds) words.coverageMet else words.coverageNotMet
                ConditionItem(
                    sentence(it.name),
                    it.value,
                    sentence(it.bar),
                    it.holds,
                    words.coverageCondition(it.bar, sentence(it.name), state, it.value),
                )
            },
        spoken =
            words.coverageSpoken(
                "${of.american.ran}",
                list(*countries.toTypedArray()),
                "${of.american.of}",
                ran,
            ),
    )
}
