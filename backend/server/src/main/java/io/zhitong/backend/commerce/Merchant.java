package io.zhitong.backend.commerce;

import io.zhitong.accessmodel.CommunityId;
import java.util.List;

/**
 * A shop that takes the purse (商户).
 *
 * @param code 1 to 16 capital letters and digits: its party code in settlement files
 * @param tills numbers of its payment terminals, the first one first
 */
public record Merchant(CommunityId community, String code, String name, List<Long> tills) {
    public Merchant {
        tills = List.copyOf(tills);
        if (!code.matches("[A-Z0-9]{1,16}")) {
            throw new IllegalArgumentException("a merchant code is 1 to 16 capital letters and digits, got " + code);
        }
    }

    /** With one till. */
    public Merchant(CommunityId community, String code, String name, long till) {
        this(community, code, name, List.of(till));
    }
}
