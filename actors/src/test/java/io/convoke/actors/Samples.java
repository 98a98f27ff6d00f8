package io.convoke.actors;

import akka.actor.typed.ActorRef;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes records with something in each component. */
public final class Samples {
    private final Random random;
    private final @Nullable ActorRef<?> ref;

    public Samples(long seed, @Nullable ActorRef<?> ref) {
        this.random = new Random(seed);
        this.ref = ref;
    }

    /** All records that a sealed interface permits, at any depth. */
    public static List<Class<?>> records(Class<?> type) {
        List<Class<?>> found = new ArrayList<>();
        if (type.isRecord()) {
            found.add(type);
        } else if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                found.addAll(records(permitted));
            }
        }
        return found;
    }

    public Object of(Class<?> type) {
        return value(type);
    }

    private Object value(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            Class<?> raw = (Class<?>) parameterized.getRawType();
            if (raw == ActorRef.class) {
                return ref();
            }
            Type[] arguments = parameterized.getActualTypeArguments();
            if (raw == List.class) {
                return List.of(value(arguments[0]));
            }
            if (raw == Map.class) {
                return Map.of(value(arguments[0]), arguments[1] == Object.class ? "text" : value(arguments[1]));
            }
            throw new IllegalArgumentException(type.toString());
        }
        Class<?> plain = (Class<?>) type;
        if (plain == UUID.class) {
            return new UUID(random.nextLong(), random.nextLong());
        } else if (plain == String.class) {
            return "text " + random.nextInt();
        } else if (plain == long.class || plain == Long.class) {
            return random.nextLong();
        } else if (plain == int.class || plain == Integer.class) {
            return random.nextInt();
        } else if (plain == boolean.class || plain == Boolean.class) {
            return random.nextBoolean();
        } else if (plain == Instant.class) {
            return Instant.ofEpochSecond(random.nextInt(2_000_000_000), random.nextInt(1_000_000) * 1_000L);
        } else if (plain.isEnum()) {
            return plain.getEnumConstants()[random.nextInt(plain.getEnumConstants().length)];
        } else if (plain.isRecord()) {
            return record(plain);
        } else if (plain.isSealed()) {
            List<Class<?>> records = records(plain);
            return record(records.get(random.nextInt(records.size())));
        } else if (plain == ActorRef.class) {
            return ref();
        }
        throw new IllegalArgumentException(plain.toString());
    }

    private Object ref() {
        if (ref == null) {
            throw new IllegalStateException("Expected a reference to put in");
        }
        return ref;
    }

    private Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = value(components[i].getGenericType());
        }
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new LinkageError(type.toString(), e);
        }
    }
}
