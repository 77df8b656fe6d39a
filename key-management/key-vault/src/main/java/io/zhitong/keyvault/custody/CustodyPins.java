package io.zhitong.keyvault.custody;

import io.zhitong.smcrypto.SecretBytes;
import java.util.List;

/** The vault's custodians as the register asks them (保管人核验). */
public interface CustodyPins {
    /** Names of all custodians. */
    List<String> names();

    /**
     * The name of a custodian whose PIN is right; a wrong one is counted.
     *
     * @throws io.zhitong.keyapi.KeyServiceException wrong PIN, locked, unknown
     */
    String authenticate(int custodian, SecretBytes pin);
}
