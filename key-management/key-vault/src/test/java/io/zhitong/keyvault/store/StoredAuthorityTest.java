package io.zhitong.keyvault.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.machinetls.MachineProfile;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.SecretBytes;
import org.junit.jupiter.api.Test;

class StoredAuthorityTest {

    @Test
    void profiles_are_01_and_02_and_come_back_as_they_were() {
        assertEquals("01" + "0002a1a2" + "0001c1", Hex.of(encoded(MachineProfile.SM2)));
        assertEquals("02" + "0002a1a2" + "0001c1", Hex.of(encoded(MachineProfile.P256)));
        for (MachineProfile profile : MachineProfile.values()) {
            StoredAuthority read = StoredAuthority.decode(new ByteReader(encoded(profile)));
            assertEquals(profile, read.profile());
            assertArrayEquals(new byte[] {(byte) 0xC1}, read.certificate());
        }
    }

    @Test
    void every_other_profile_byte_is_refused() {
        byte[] bytes = encoded(MachineProfile.SM2);
        for (int profile = 0; profile < 256; profile++) {
            bytes[0] = (byte) profile;
            if (profile != 1 && profile != 2) {
                assertThrows(MalformedInput.class, () -> StoredAuthority.decode(new ByteReader(bytes)), "" + profile);
            }
        }
    }

    private static byte[] encoded(MachineProfile profile) {
        ByteWriter out = new ByteWriter();
        new StoredAuthority(profile, SecretBytes.copyOf(Hex.parse("a1a2")), Hex.parse("c1")).encode(out);
        return out.toByteArray();
    }
}
