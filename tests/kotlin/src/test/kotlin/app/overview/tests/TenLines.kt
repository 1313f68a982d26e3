// As bindings/README.md has it.
package app.overview.tests

import app.overview.bindings.*

suspend fun headlines(country: CountryCode, options: OpenOptions): List<String> =
    Overview.open(options).use { overview ->
        overview.sync(SyncRequest(countries = listOf(country))).use { sync ->
            while (true) sync.nextProgress()?.let { println("${it.done} of ${it.planned} feeds") } ?: break
        }
        val query = ArticleQuery(scope = Scope(countries = listOf(country)), limit = 10u)
        overview.articles(query).rows.map { "${it.publisherName}: ${it.title}" }
    }
