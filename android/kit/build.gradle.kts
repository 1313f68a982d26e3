plugins { alias(libs.plugins.kotlin.jvm) }

kotlin { jvmToolchain(17) }

sourceSets.main { kotlin.setSrcDirs(listOf("src/main/kotlin", "generated")) }

tasks.compileKotlin { dependsOn(":generate") }

dependencies {
    api(project(":bindings"))
}
