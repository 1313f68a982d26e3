package app.overview.kit

/** The texts of one language: by key, each in the forms that its plurals ask for. */
internal class Table(
    val language: String,
    plural: String,
    private val group: String,
    months: String,
    private val texts: Map<String, Map<String, String>>,
    private val names: Map<String, Map<String, String>>,
) {
    private val plural = PluralRule.of(plural)
    val months: List<String> = months.split(' ')

    /** A text with its placeholders filled; [count] chooses the form. */
    fun fill(key: String, count: Long?, vararg values: Pair<String, String>): String {
        val forms = texts.getValue(key)
        val form = count?.let { forms[plural.category(it)] } ?: forms.getValue("other")
        var text = count?.let { form.replace("{count}", number(it)) } ?: form
        for ((name, value) in values) text = text.replace("{$name}", value)
        return text
    }

    fun name(list: String, code: String): String? = names.getValue(list)[code]

    /** Digits in groups of three. */
    fun number(value: Long): String {
        val digits = value.toString()
        return if (digits.length <= 4) digits
        else digits.reversed().chunked(3).joinToString(group.reversed()).reversed()
    }
}

/** Which form of a text a number asks for, for whole numbers, as Unicode's CLDR has it. */
internal enum class PluralRule {
    /** One form. */
    NONE,
    /** One, and all others. */
    ONE,
    /** Nothing and one, and all others. */
    ZERO_ONE,
    /** Ukrainian, Russian. */
    EAST_SLAVIC;

    fun category(count: Long): String =
        when (this) {
            NONE -> "other"
            ONE -> if (count == 1L) "one" else "other"
            ZERO_ONE -> if (count in 0L..1L) "one" else "other"
            EAST_SLAVIC ->
                when {
                    count % 10 == 1L && count % 100 != 11L -> "one"
                    count % 10 in 2L..4L && count % 100 !in 12L..14L -> "few"
                    else -> "many"
                }
        }

    companion object {
        fun of(name: String): PluralRule = entries.first { it.name.lowercase() == name.replace('-', '_') }
    }
}
