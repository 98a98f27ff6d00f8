package io.convoke.node;

/** What this program calls itself. */
final class Software {
    private Software() {}

    /** Name and version, such as {@code Convoke 0.1.0}. */
    static String name() {
        String version = Software.class.getPackage().getImplementationVersion();
        return "Convoke " + (version == null ? "(development)" : version);
    }
}
