package io.zhitong.cardterminal;

import io.zhitong.smcrypto.Sm2PublicKey;
import java.util.List;

/** The issuer keys a door believes (可信发卡公钥), as its signed list names them. Immutable. */
public record TrustedIssuers(List<Sm2PublicKey> keys) {
    public TrustedIssuers {
        keys = List.copyOf(keys);
    }
}
