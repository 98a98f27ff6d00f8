package io.convoke.protocols.srtp;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;

/**
 * The JDK's own GHASH, which it carries out with the processor's carry-less multiplication. Its class is internal: it can be used where the JVM
 * was started with {@code --add-opens java.base/com.sun.crypto.provider=ALL-UNNAMED} and has it in the shape looked for, and is tried out before
 * first use.
 */
final class JdkGhash implements Ghash {
    private static final MethodType CREATE_TYPE = MethodType.methodType(Object.class, byte[].class);
    private static final MethodType STATE_TYPE = MethodType.methodType(long[].class, Object.class);
    private static final MethodType UPDATE_TYPE =
            MethodType.methodType(void.class, Object.class, byte[].class, int.class, int.class);

    // Static and final, so that the compiler goes straight through to the processor's instructions.
    private static final MethodHandle CREATE;
    private static final MethodHandle STATE;
    private static final MethodHandle UPDATE;
    private static final boolean AVAILABLE;

    static {
        MethodHandle create = MethodHandles.empty(CREATE_TYPE);
        MethodHandle state = MethodHandles.empty(STATE_TYPE);
        MethodHandle update = MethodHandles.empty(UPDATE_TYPE);
        boolean found = false;
        try {
            Class<?> type = Class.forName("com.sun.crypto.provider.GHASH");
            MethodHandles.Lookup inside = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            create = inside.findConstructor(type, MethodType.methodType(void.class, byte[].class))
                    .asType(CREATE_TYPE);
            state = inside.findGetter(type, "state", long[].class).asType(STATE_TYPE);
            update = inside.findVirtual(
                            type, "update", MethodType.methodType(int.class, byte[].class, int.class, int.class))
                    .asType(UPDATE_TYPE);
            found = true;
        } catch (ReflectiveOperationException notOpen) {
            // Java does the work then.
        }
        CREATE = create;
        STATE = state;
        UPDATE = update;
        AVAILABLE = found && agreesWithJava();
    }

    private final Object hash;
    private final long[] state;

    JdkGhash(byte[] subkey) {
        try {
            hash = (Object) CREATE.invokeExact(subkey);
            state = (long[]) STATE.invokeExact(hash);
        } catch (Throwable e) {
            throw unusable(e);
        }
    }

    static boolean available() {
        return AVAILABLE;
    }

    @Override
    public void reset() {
        state[0] = 0;
        state[1] = 0;
    }

    @Override
    public void update(byte[] data, int offset, int length) {
        try {
            UPDATE.invokeExact(hash, data, offset, length);
        } catch (Throwable e) {
            throw unusable(e);
        }
    }

    @Override
    public long high() {
        return state[0];
    }

    @Override
    public long low() {
        return state[1];
    }

    private static boolean agreesWithJava() {
        byte[] data = new byte[20 * BLOCK_BYTES];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (i * 37 + 11);
        }
        byte[] subkey = Arrays.copyOf(data, BLOCK_BYTES);
        Ghash java = new JavaGhash(subkey);
        java.update(data, 0, data.length);
        try {
            Ghash jdk = new JdkGhash(subkey);
            jdk.update(data, BLOCK_BYTES, BLOCK_BYTES);
            jdk.reset();
            jdk.update(data, 0, BLOCK_BYTES);
            jdk.update(data, BLOCK_BYTES, data.length - BLOCK_BYTES);
            return jdk.high() == java.high() && jdk.low() == java.low();
        } catch (RuntimeException otherShape) {
            return false;
        }
    }

    private static IllegalStateException unusable(Throwable e) {
        return new IllegalStateException("Expected the JDK's GHASH to hash whole blocks, but it did not", e);
    }
}
