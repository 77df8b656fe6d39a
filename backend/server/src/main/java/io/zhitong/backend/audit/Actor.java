package io.zhitong.backend.audit;

/**
 * Who acted (操作人): a console user by log-in name, a device, or the program itself.
 *
 * @param name for example {@code desk}, {@code device 42}, {@code system}
 */
public record Actor(String name) {
    public static final Actor SYSTEM = new Actor("system");

    public Actor {
        if (name.isBlank() || name.length() > 100) {
            throw new IllegalArgumentException("an actor's name has 1 to 100 characters, got " + name.length());
        }
    }
}
