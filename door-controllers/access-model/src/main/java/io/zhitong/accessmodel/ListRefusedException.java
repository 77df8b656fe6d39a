package io.zhitong.accessmodel;

/** A list that a device must not take (名单拒收). */
public final class ListRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ListRefusal reason;

    public ListRefusedException(ListRefusal reason) {
        super("list refused: " + reason.english());
        this.reason = reason;
    }

    public ListRefusal reason() {
        return reason;
    }

    static void unless(boolean holds, ListRefusal reason) {
        if (!holds) {
            throw new ListRefusedException(reason);
        }
    }
}
