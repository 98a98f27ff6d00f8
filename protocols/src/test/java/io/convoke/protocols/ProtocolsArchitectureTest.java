package io.convoke.protocols;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What makes this module testable without a network and a clock: nobody here opens, waits, or looks at the time. */
class ProtocolsArchitectureTest {
    private static final Set<String> ADDRESSES = Set.of(
            "InetAddress", "Inet4Address", "Inet6Address", "InetSocketAddress", "UnknownHostException", "URI", "IDN");
    private static final Set<String> CLOCKS = Set.of(
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone");

    private static JavaClasses production;
    private static JavaClasses everything;

    @BeforeAll
    static void readClasses() {
        production = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.convoke.protocols");
        everything = new ClassFileImporter().importPackages("io.convoke.protocols");
    }

    @Test
    void shouldStandOnTheJdkAlone() {
        classes()
                .that()
                .resideOutsideOfPackages("io.convoke.protocols.dtls..", "io.convoke.protocols.xmpp.xml..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.convoke.protocols..",
                        "java..",
                        "javax.crypto..",
                        "javax.security.auth.x500..",
                        "org.jspecify..")
                .check(production);
    }

    @Test
    void shouldNotKnowActorsOrTheNetworkLibrary() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("akka..", "io.netty..", "java.nio.channels..", "java.nio.file..", "org.slf4j..")
                .check(production);
    }

    @Test
    void shouldOpenNoSockets() {
        noClasses().should().dependOnClassesThat(networking()).check(production);
    }

    @Test
    void shouldLookUpNoNames() {
        noClasses()
                .should()
                .callMethod(InetAddress.class, "getByName", String.class)
                .orShould()
                .callMethod(InetAddress.class, "getAllByName", String.class)
                .orShould()
                .callConstructor(InetSocketAddress.class, String.class, int.class)
                .check(production);
    }

    @Test
    void shouldStartNoThreads() {
        noClasses()
                .should()
                .dependOnClassesThat(describe("are threads, timers or executors", ProtocolsArchitectureTest::runsCode))
                .check(production);
    }

    @Test
    void shouldReadNoClock() {
        noClasses().should().accessTargetWhere(clock()).check(everything);
    }

    @Test
    void shouldNotSleep() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(everything);
    }

    @Test
    void shouldDrawNoRandomnessOfItsOwn() {
        noClasses().should().callCodeUnitWhere(ownRandomness()).check(production);
    }

    @Test
    void shouldHaveNoPackageCycles() {
        slices().matching("io.convoke.protocols.(**)").should().beFreeOfCycles().check(production);
    }

    @Test
    void shouldNotBeInherited() {
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT)
                .should()
                .haveModifier(JavaModifier.FINAL)
                .allowEmptyShould(true)
                .check(production.that(describe("are named", type -> !type.isAnonymousClass())));
    }

    private static DescribedPredicate<JavaClass> networking() {
        return describe(
                "are sockets",
                type -> type.getPackageName().startsWith("java.net")
                        && !ADDRESSES.contains(type.getBaseComponentType().getSimpleName()));
    }

    private static boolean runsCode(JavaClass type) {
        return type.isEquivalentTo(Thread.class)
                || type.isAssignableTo(java.util.concurrent.Executor.class)
                || type.isEquivalentTo(java.util.Timer.class)
                || type.isEquivalentTo(java.util.concurrent.CompletableFuture.class);
    }

    private static DescribedPredicate<JavaAccess<?>> clock() {
        return describe(
                "the target is a clock",
                access -> CLOCKS.contains(access.getTargetOwner().getFullName() + "." + access.getName()));
    }

    private static DescribedPredicate<JavaCall<?>> ownRandomness() {
        return describe("the target makes random numbers", call -> {
            String owner = call.getTargetOwner().getFullName();
            boolean generator = owner.equals("java.security.SecureRandom") || owner.equals("java.util.Random");
            return (generator
                            && (call.getName().equals("<init>")
                                    || call.getName().startsWith("getInstance")))
                    || owner.equals("java.util.concurrent.ThreadLocalRandom")
                    || (owner.equals("java.util.UUID") && call.getName().equals("randomUUID"))
                    || (owner.equals("java.lang.Math") && call.getName().equals("random"));
        });
    }
}
