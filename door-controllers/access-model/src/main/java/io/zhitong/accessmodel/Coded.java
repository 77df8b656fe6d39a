package io.zhitong.accessmodel;

import java.util.Optional;

/** A closed choice that travels as a number and is shown in words (带编码的枚举). */
public interface Coded {

    /** The number on the wire; never reused for another meaning. */
    int code();

    String chinese();

    String english();

    /** The constant of {@code type} with this code, or nothing: the caller decides whether a newer peer is an error. */
    static <E extends Enum<E> & Coded> Optional<E> find(Class<E> type, int code) {
        for (E constant : type.getEnumConstants()) {
            if (constant.code() == code) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }

    /** As {@link #find}, for places where an unknown code makes the whole record unusable. */
    static <E extends Enum<E> & Coded> E require(Class<E> type, int code) {
        return find(type, code)
                .orElseThrow(() -> new ModelException(
                        ModelException.Reason.UNKNOWN_CODE, "no " + type.getSimpleName() + " has code " + code));
    }
}
