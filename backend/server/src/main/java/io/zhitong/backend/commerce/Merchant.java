package io.zhitong.backend.commerce;

import io.zhitong.accessmodel.CommunityId;

/**
 * A shop that takes the purse (商户).
 *
 * @param code 1 to 16 capital letters and digits: its party code in settlement files
 * @param device number of its till
 */
public record Merchant(CommunityId community, String code, String name, long device) {
    public Merchant {
        if (!code.matches("[A-Z0-9]{1,16}")) {
            throw new IllegalArgumentException("a merchant code is 1 to 16 capital letters and digits, got " + code);
        }
    }
}
