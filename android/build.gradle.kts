buildscript {
    dependencies {
        // The one that tests/android-check.sh tries our rules with, before that of the Android plugin.
        classpath(libs.r8)
    }
}

plugins {
    alias(libs.plugins.android.application) apply false
    alias(libs.plugins.android.library) apply false
    alias(libs.plugins.kotlin.android) apply false
    alias(libs.plugins.kotlin.compose) apply false
    alias(libs.plugins.kotlin.jvm) apply false
}

// Maven writes to target; git ignores both.
subprojects { layout.buildDirectory = projectDir.resolve("target/gradle") }

// Builds the library for this machine and writes its Kotlin, and the words of the kit.
val generate by tasks.registering(Exec::class) {
    description = "Kotlin for the library by UniFFI, and the kit's words."
    workingDir = projectDir.parentFile
    commandLine("bindings/generate.sh")
    // cargo and the script know best what is old.
    outputs.upToDateWhen { false }
}
