package app.overview.ui

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.runtime.staticCompositionLocalOf
import app.overview.kit.Kit
import app.overview.kit.Model
import app.overview.kit.Words

internal val LocalKit = staticCompositionLocalOf<Kit> { error("there is no kit") }
internal val LocalModels = staticCompositionLocalOf<Models> { error("there are no models") }
internal val LocalNavigator = staticCompositionLocalOf<Navigator> { error("there is no navigator") }

internal val words: Words
    @Composable get() = LocalKit.current.wording.words

/** The models of the screens that are open, so that a list is as it was left when one comes back. */
class Models(private val kit: Kit) : AutoCloseable {
    private val open = mutableMapOf<String, Model<*>>()

    @Suppress("UNCHECKED_CAST")
    fun <M : Model<*>> of(key: String, make: Kit.() -> M): M = open.getOrPut(key) { kit.make() } as M

    /** Closes those of other places. */
    fun keepOnly(keys: Set<String>) {
        val gone = open.keys.filter { key -> keys.none { key == it || key.startsWith("$it#") } }
        gone.forEach { open.remove(it)?.close() }
    }

    override fun close() = keepOnly(emptySet())
}

/** The model of a place, loaded when it is first seen. */
@Composable
internal fun <M : Model<*>> rememberModel(key: String, make: Kit.() -> M, load: suspend M.() -> Unit): M {
    val models = LocalModels.current
    val model = remember(key) { models.of(key, make) }
    LaunchedEffect(model) { model.load() }
    return model
}

/** What a model shows now. */
@Composable
internal fun <S> Model<S>.shown(): S {
    val shown by state.collectAsState()
    return shown
}
