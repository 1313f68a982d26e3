package app.overview.kit

import app.overview.bindings.StoragePart
import app.overview.bindings.StorageSettings
import app.overview.bindings.StorageShare

/** Something that takes room. */
data class StorageItem(
    /** "Pictures". */
    val name: String,
    /** "103 MB". */
    val size: String,
    /** Of all that takes room, 0 to 1. */
    val fraction: Double,
    /** "Pictures, 103 MB". */
    val spoken: String,
)

/** How much, or how long: one of a row. */
data class StorageChoice(
    /** Bytes, or days; nothing for no bound. */
    val value: Long?,
    /** "500 MB", "90 days". */
    val name: String,
    val isChosen: Boolean,
)

data class StorageState(
    val isLoading: Boolean = true,
    val title: String = "",
    /** "148 MB in all". */
    val totalText: String = "",
    /** The most first. */
    val items: List<StorageItem> = emptyList(),
    /** What news and pictures may take together. */
    val budgets: List<StorageChoice> = emptyList(),
    /** How long articles stay. */
    val ages: List<StorageChoice> = emptyList(),
    /** What is fetched for offline reading may take, at most. */
    val packBudgets: List<StorageChoice> = emptyList(),
    /** "Remove the damaged stores"; nothing when there is none. */
    val cleanTitle: String? = null,
    val note: String = "",
    val trouble: Trouble? = null,
)

/** What Overview takes of the device, and how much it may. */
class StorageModel internal constructor(kit: Kit) : Model<StorageState>(kit, StorageState()) {
    private var settings: StorageSettings? = null
    private var shares: List<StorageShare>? = null

    suspend fun load() {
        clear()
        attempt { kit.core.storageSettings() }?.let { settings = it }
        render()
        attempt { kit.core.storageShares() }?.let { shares = it }
        render()
    }

    /** What has to go by it goes in the background. */
    suspend fun setBudget(bytes: Long?) = set { it.copy(budgetBytes = bytes?.toULong()) }

    suspend fun setAge(days: Long?) = set { it.copy(ageDays = days?.toUInt()) }

    private suspend fun set(change: (StorageSettings) -> StorageSettings) {
        val before = settings ?: return
        clear()
        // Seen at once, and taken back when it cannot be kept.
        settings = change(before)
        render()
        attempt { kit.core.setStorageSettings(change(before)) } ?: run { settings = before }
        render()
    }

    fun setPackBudget(bytes: Long) = kit.choose { it.packBudget = bytes }

    /** What was not rescued from them can then be rescued no more. */
    suspend fun clean() {
        clear()
        attempt { kit.core.removeMovedAside() } ?: return
        load()
    }

    override suspend fun resumed() = load()

    override fun render() {
        val shares = shares
        val total = shares.orEmpty().sumOf { it.bytes.toLong() }
        val settings = settings
        val hasAside = shares.orEmpty().any { it.part == StoragePart.ASIDE }
        show(
            StorageState(
                isLoading = shares == null && trouble == null,
                title = words.storageTitle,
                totalText = shares?.let { words.storageTotal(wording.size(total)) } ?: "",
                items = shares.orEmpty().map { item(it, total) },
                budgets =
                    settings?.let { choices(BUDGETS, it.budgetBytes?.toLong(), words.storageAllThereIs, wording::size) }.orEmpty(),
                ages =
                    settings?.let { choices(AGES, it.ageDays?.toLong(), words.storageWhenFull, words::storageDays) }.orEmpty(),
                packBudgets = choices(PACK_BUDGETS, kit.choices.packBudget, null, wording::size),
                cleanTitle = words.storageClean.takeIf { hasAside },
                note = words.storageNote,
                trouble = trouble,
            )
        )
    }

    /** What is set and is none of them stands among them. */
    private fun choices(values: List<Long>, chosen: Long?, boundless: String?, said: (Long) -> String) =
        (values + listOfNotNull(chosen)).distinct().sorted().map { StorageChoice(it, said(it), it == chosen) } +
            listOfNotNull(boundless?.let { StorageChoice(null, it, chosen == null) })

    private fun item(of: StorageShare, total: Long): StorageItem {
        val (name, size) = name(of.part) to wording.size(of.bytes.toLong())
        return StorageItem(name, size, of.bytes.toDouble() / total, wording.list(name, size))
    }

    private fun name(part: StoragePart): String =
        when (part) {
            StoragePart.LISTS -> words.storageLists
            StoragePart.TEXTS -> words.storageTexts
            StoragePart.SEARCH -> words.storageSearch
            StoragePart.TRANSLATIONS -> words.storageTranslations
            StoragePart.STORIES -> words.storageStories
            StoragePart.MARKS -> words.storageMarks
            StoragePart.PICTURES -> words.storagePictures
            StoragePart.MODELS -> words.storageModels
            StoragePart.REST -> words.storageRest
            StoragePart.FREE -> words.storageFree
            StoragePart.LOG -> words.storageLog
            StoragePart.ASIDE -> words.storageAside
        }

    private companion object {
        const val MEGABYTE = 1_000_000L
        val BUDGETS = listOf(100, 250, 500, 1_000, 2_000).map { it * MEGABYTE }
        val AGES = listOf(7L, 30L, 90L, 365L)
        val PACK_BUDGETS = listOf(100, 250, 500, 1_000).map { it * MEGABYTE }
    }
}
