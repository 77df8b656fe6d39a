package io.zhitong.backend.keys;

import io.zhitong.keyapi.KeyUsage;
import java.util.EnumSet;
import java.util.Set;

/** What a resident's card of ours holds (卡上密钥), as personalisation writes it; docs/card.md. */
final class CardUsages {
    static final Set<KeyUsage> ON_CARDS = EnumSet.of(
            KeyUsage.CARD_CONTROL,
            KeyUsage.PURSE_CONTROL,
            KeyUsage.DACK,
            KeyUsage.DAMK,
            KeyUsage.DPK,
            KeyUsage.DLK,
            KeyUsage.DTK,
            KeyUsage.ACCESS_CONTROL,
            KeyUsage.ACCESS_LINE,
            KeyUsage.ACCESS_FAST);

    private CardUsages() {}
}
