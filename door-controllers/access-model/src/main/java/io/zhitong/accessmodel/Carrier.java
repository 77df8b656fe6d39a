package io.zhitong.accessmodel;

import java.util.Arrays;
import java.util.Comparator;

/**
 * What stands for a credential when it is presented (载体): kind 1 ‖ level 1 ‖ length 1 ‖ value.
 *
 * @param level the safety of this carrier, not of its kind
 * @param value 1 … 64 bytes: legacy serial 8, plate in UTF-8, template id
 */
public record Carrier(CarrierKind kind, CarrierLevel level, Octets value) implements Comparable<Carrier> {

    private static final Comparator<Carrier> ORDER = Comparator.comparing(Carrier::kind)
            .thenComparing(Carrier::level)
            .thenComparing(carrier -> carrier.value().toByteArray(), Arrays::compareUnsigned);

    static final int MAX_VALUE = 64;

    public Carrier {
        ModelException.require(
                value.length() >= 1 && value.length() <= MAX_VALUE,
                ModelException.Reason.LENGTH,
                "a carrier value of 1 to " + MAX_VALUE + " bytes");
    }

    @Override
    public int compareTo(Carrier other) {
        return ORDER.compare(this, other);
    }
}
