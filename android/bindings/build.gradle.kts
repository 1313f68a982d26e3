plugins { alias(libs.plugins.kotlin.jvm) }

kotlin { jvmToolchain(17) }

sourceSets.main { kotlin.setSrcDirs(listOf("generated")) }

tasks.compileKotlin { dependsOn(":generate") }

dependencies {
    api(libs.coroutines.core)
    // The app brings it with its libraries for phones.
    compileOnly(libs.jna)
}
