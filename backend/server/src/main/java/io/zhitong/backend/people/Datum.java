package io.zhitong.backend.people;

/**
 * One value of a person (个人信息值).
 *
 * @param value in its {@linkplain PersonalField#normalised normal form}
 */
public record Datum(PersonalField field, String value) {
    public Datum {
        if (!field.normalised(value).equals(java.util.Optional.of(value))) {
            throw new IllegalArgumentException("expected a " + field.english() + " in its normal form");
        }
    }

    /** Nothing of the value: it may stand in a log. */
    @Override
    public String toString() {
        return "Datum[" + field + "]";
    }
}
