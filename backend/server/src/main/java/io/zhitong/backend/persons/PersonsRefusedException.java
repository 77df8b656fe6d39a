package io.zhitong.backend.persons;

/** It was not done, and nothing was changed (个人信息操作被拒绝). */
public final class PersonsRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final PersonsRefusal reason;

    PersonsRefusedException(PersonsRefusal reason) {
        super("personal data: " + reason);
        this.reason = reason;
    }

    PersonsRefusedException(PersonsRefusal reason, Throwable cause) {
        super("personal data: " + reason, cause);
        this.reason = reason;
    }

    public PersonsRefusal reason() {
        return reason;
    }

    static void unless(boolean holds, PersonsRefusal reason) {
        if (!holds) {
            throw new PersonsRefusedException(reason);
        }
    }
}
