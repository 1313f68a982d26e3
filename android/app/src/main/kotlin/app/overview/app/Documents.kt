package app.overview.app

import android.content.ActivityNotFoundException
import android.content.Context
import android.net.Uri
import androidx.activity.result.ActivityResultRegistry
import androidx.activity.result.contract.ActivityResultContract
import androidx.activity.result.contract.ActivityResultContracts
import java.io.File
import java.io.IOException
import kotlin.coroutines.resume
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withContext

/**
 * Files that a person picks, of the device or of any app that offers some. What is picked is copied: the
 * library reads and writes files, and a document need not be one.
 */
internal class Documents(private val context: Context, private val registry: ActivityResultRegistry) {
    /** Gives a copy of a file of the person's to [take]; nothing when none was picked or it cannot be read. */
    suspend fun pick(take: suspend (File) -> Unit) {
        // Types are what each app makes of a name: a file of ours has none of its own.
        val document = ask(ActivityResultContracts.OpenDocument(), arrayOf("*/*")) ?: return
        passing { file ->
            val read =
                withContext(Dispatchers.IO) {
                    context.contentResolver.openInputStream(document)?.use { from -> file.outputStream().use(from::copyTo) }
                }
            if (read != null) take(file)
        }
    }

    /** Writes what [make] makes to where the person wants it; whether it is there. */
    suspend fun keep(name: String, type: String, make: suspend (File) -> Boolean): Boolean {
        val document = ask(ActivityResultContracts.CreateDocument(type), name) ?: return false
        return passing { file ->
            make(file) &&
                withContext(Dispatchers.IO) {
                    val written =
                        context.contentResolver.openOutputStream(document, "wt")?.use { to -> file.inputStream().use { it.copyTo(to) } }
                    written != null
                }
        } ?: false
    }

    /** Works on a file of ours that is gone afterwards; nothing when the other one cannot be read or written. */
    private suspend fun <T> passing(work: suspend (File) -> T): T? {
        val folder = context.cacheDir.resolve("documents")
        return try {
            folder.mkdirs()
            work(folder.resolve("passing"))
        } catch (_: IOException) {
            null
        } finally {
            folder.deleteRecursively()
        }
    }

    /** Asks another app, and waits for its answer. */
    private suspend fun <I> ask(contract: ActivityResultContract<I, Uri?>, about: I): Uri? =
        suspendCancellableCoroutine { waiting ->
            val launcher = registry.register(KEY, contract) { waiting.resume(it) }
            waiting.invokeOnCancellation { launcher.unregister() }
            try {
                launcher.launch(about)
            } catch (_: ActivityNotFoundException) {
                // A device without an app for files.
                waiting.resume(null)
            }
        }

    private companion object {
        const val KEY = "documents"
    }
}
