package io.zhitong.systemtests;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Set;

/**
 * Loads classes as a phone would: of the JDK it knows only what Android 14 has; everything else comes from the given places,
 * never from the test's own class path.
 */
final class PhonePlatform extends URLClassLoader {
    /** Called by compiled records, lambdas and string sums; a phone's build turns these calls into plain code. */
    private static final Set<String> REWRITTEN = Set.of(
            "java.lang.invoke.LambdaMetafactory",
            "java.lang.invoke.StringConcatFactory",
            "java.lang.runtime.ObjectMethods",
            "java.lang.invoke.MethodHandles$Lookup");

    /** The JVM's own means to call a method by reflection, as the test does. */
    private static final String REFLECTION = "jdk.internal.reflect.";

    private final Set<String> names;

    /** @param names of the platform's classes, with slashes */
    PhonePlatform(Set<String> names, List<URL> places) {
        super(places.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        this.names = names;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            if (name.startsWith(REFLECTION)) {
                return super.loadClass(name, resolve);
            }
            if (isOfTheJdk(name)) {
                if (!names.contains(name.replace('.', '/')) && !REWRITTEN.contains(name)) {
                    throw new ClassNotFoundException(name + ": a phone has no such class");
                }
                return super.loadClass(name, resolve);
            }
            return findClass(name);
        }
    }

    private static boolean isOfTheJdk(String name) {
        return name.startsWith("java.")
                || name.startsWith("javax.")
                || name.startsWith("jdk.")
                || name.startsWith("sun.");
    }
}
