package io.convoke.http;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.convoke.http", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule HTTP_KNOWS_NO_MEDIA_AND_NO_NETTY =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("io.netty..", "io.convoke.media..");

    @ArchTest
    static final ArchRule ONLY_C2W_KNOWS_A_PROTOCOL = noClasses()
            .that()
            .resideOutsideOfPackage("io.convoke.http.c2w..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.convoke.protocols..");

    @ArchTest
    static final ArchRule THE_EDGE_REACHES_THE_CORE_OVER_C2W_ALONE = noClasses()
            .that()
            .resideInAPackage("io.convoke.http.webbridge3..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.convoke.actors.callbridge..",
                    "io.convoke.actors.conference..",
                    "io.convoke.actors.callleg..",
                    "io.convoke.actors.guest..",
                    "io.convoke.actors.space..",
                    "io.convoke.actors.storage..",
                    "akka.cluster..");

    @ArchTest
    static final ArchRule ROUTES_HOLD_NO_STATE = fields().that()
            .areDeclaredInClassesThat()
            .haveSimpleNameEndingWith("Routes")
            .should()
            .beFinal()
            .andShould()
            .notHaveRawType(java.util.Map.class)
            .andShould()
            .notHaveRawType("java.util.concurrent.atomic.AtomicReference");

    @ArchTest
    static final ArchRule AKKAS_INNER_PARTS_ARE_USED_IN_ONE_PLACE = noClasses()
            .that()
            .doNotHaveSimpleName("CloseCodes")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("akka.http.impl..");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("io.convoke.http.(*)..").should().beFreeOfCycles();
}
