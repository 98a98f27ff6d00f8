package io.convoke.actors;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.Receive;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.ParameterizedType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A message that no phase of its actor has a handler for would end as "unhandled" in the log; the compiler does not see it. */
class EveryCommandHandledTest {
    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.convoke.actors");

    @TestFactory
    Stream<DynamicTest> shouldHaveAHandlerForEachCommandOfEachActor() {
        List<JavaClass> actors = MODULE.stream()
                .filter(one ->
                        one.isAssignableTo(AbstractBehavior.class) || one.isAssignableTo(EventSourcedBehavior.class))
                .toList();
        assertThat(actors).hasSizeGreaterThan(10);
        return actors.stream()
                .map(actor -> DynamicTest.dynamicTest(actor.getSimpleName(), () -> {
                    Set<String> handled = handled(actor);
                    assertThat(leaves(commandOf(actor)))
                            .isNotEmpty()
                            .allSatisfy(command -> assertThat(handled).containsAnyElementsOf(namesOf(command)));
                }));
    }

    private static Class<?> commandOf(JavaClass actor) {
        ParameterizedType behavior = (ParameterizedType) actor.reflect().getGenericSuperclass();
        return (Class<?>) behavior.getActualTypeArguments()[0];
    }

    /** The messages themselves, below whatever groups they are in. */
    private static List<Class<?>> leaves(Class<?> command) {
        return command.isSealed()
                ? Stream.of(command.getPermittedSubclasses())
                        .flatMap(each -> leaves(each).stream())
                        .toList()
                : List.of(command);
    }

    /** A message is handled by its own name, or by that of a group it is in. */
    private static List<String> namesOf(Class<?> command) {
        return Stream.concat(
                        Stream.of(command.getName()),
                        Stream.of(command.getInterfaces())
                                .filter(Class::isSealed)
                                .map(Class::getName))
                .toList();
    }

    /** The classes, and the owners of the constants, that the actor's handlers are registered for. */
    private static Set<String> handled(JavaClass actor) {
        Set<String> names = new HashSet<>();
        for (JavaMethod method : actor.getMethods()) {
            if (method.getRawReturnType().isAssignableTo(Receive.class)
                    || method.getRawReturnType().isAssignableTo(CommandHandler.class)) {
                method.getReferencedClassObjects()
                        .forEach(one -> names.add(one.getRawType().getName()));
                method.getFieldAccesses()
                        .forEach(one -> names.add(one.getTargetOwner().getName()));
            }
        }
        return names;
    }
}
