package io.convoke.media;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.convoke.media", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule MEDIA_KNOWS_NO_ACTORS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("akka..", "scala..", "io.convoke.actors..", "io.convoke.http..");

    @ArchTest
    static final ArchRule DECISIONS_KNOW_NO_NETTY = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Socket")
            .and()
            .doNotHaveSimpleName("Sfu")
            .and()
            .doNotHaveSimpleName("SfuLoop")
            .and()
            .resideOutsideOfPackages(
                    "io.convoke.media.udp",
                    "io.convoke.media.tcp",
                    "io.convoke.media.relay..",
                    "io.convoke.media.xmpp..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("io.convoke.media.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NOBODY_SLEEPS = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule PURE_CLASSES_READ_NO_CLOCK = noClasses()
            .that()
            .doNotHaveSimpleName("SfuLoop")
            .and()
            .doNotHaveSimpleName("RelayLoop")
            .and()
            .resideOutsideOfPackages(
                    "io.convoke.media.xmpp", "io.convoke.media.relay.stream", "io.convoke.media.relay.dtls")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule CLASSES_ARE_NOT_EXTENDED = classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotAnonymousClasses()
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .haveModifier(JavaModifier.FINAL);
}
