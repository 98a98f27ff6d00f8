package io.convoke.actors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.convoke.actors", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleRulesTest {
    @ArchTest
    static final ArchRule knowsNoHttpServerAndNoNetty = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("akka.http..", "io.netty..", "com.sun.net.httpserver..", "java.net.http..");

    @ArchTest
    static final ArchRule knowsNoModuleAboveIt =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("io.convoke.http..", "io.convoke.node..");

    @ArchTest
    static final ArchRule neverSleeps = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule readsNoWallClock = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.convoke.actors.(*)..").should().beFreeOfCycles();
}
