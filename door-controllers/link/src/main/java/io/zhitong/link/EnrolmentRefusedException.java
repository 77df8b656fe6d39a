package io.zhitong.link;

/** A device was not enrolled (拒绝注册). */
public final class EnrolmentRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Enrolment.Refusal reason;

    public EnrolmentRefusedException(Enrolment.Refusal reason) {
        super("enrolment refused: " + reason.english());
        this.reason = reason;
    }

    public Enrolment.Refusal reason() {
        return reason;
    }
}
