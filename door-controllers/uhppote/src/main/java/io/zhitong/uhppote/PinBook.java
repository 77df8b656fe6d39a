package io.zhitong.uhppote;

import io.zhitong.cardspec.CredentialNumber;
import java.util.OptionalInt;

/**
 * The PIN itself, which such a board compares (密码明文). Our own controllers hold a hash instead; whoever gives a PIN to such a board
 * gives it up.
 */
@FunctionalInterface
public interface PinBook {

    /** Nobody's PIN leaves the house. */
    PinBook NONE = credential -> OptionalInt.empty();

    /** 1 … 999999, or nothing. */
    OptionalInt pin(CredentialNumber credential);
}
