package io.zhitong.backend.cards;

import io.zhitong.backend.estate.Community;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardterminal.PurseData;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.personalisation.CardOrder;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Sm2PublicKey;
import org.springframework.stereotype.Component;

/** Writes out what a card is to become (制卡单内容): the credential's number is the purse's serial as well. */
@Component
class OrderSheet {
    private static final int ENABLED = 1;
    private static final int FORMAT = 1;
    private static final int RESIDENT = 0x0101;

    private final KeyService keys;

    OrderSheet(KeyService keys) {
        this.keys = keys;
    }

    CardOrder order(Community community, OrderRow order, String holderName) {
        CommunityKeys factors = CommunityKeys.of(community);
        byte[] serial = new ByteWriter().u16(0).bytes(order.number().bytes()).toByteArray();
        var purse = new PurseData(
                factors.issuer(),
                ENABLED,
                FORMAT,
                serial,
                CardTime.date4(order.from()),
                CardTime.date4(order.to()),
                RESIDENT);
        return new CardOrder(
                factors.city(),
                factors.community(),
                community.zone(),
                purse,
                holderName,
                order.number(),
                order.from(),
                order.to(),
                order.certificateNumber(),
                order.keyVersions(),
                Sm2PublicKey.decode(keys.publicKey(SigningKey.CARD_ISSUER)));
    }
}
