package io.zhitong.keyvault.module.pkcs11;

import io.zhitong.keyapi.ModuleException;
import io.zhitong.keyapi.ModuleRefusal;
import io.zhitong.smcrypto.SecretAccess;
import java.io.IOException;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Security;
import java.security.UnrecoverableKeyException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.login.LoginException;

/**
 * An open token behind the JDK's own provider (PKCS#11 令牌). Keys in it are sensitive and not extractable. Thread-safe.
 *
 * <p>Source: PKCS#11 2.40, CKM_DES3_ECB; the provider's configuration as its guide describes it.
 */
final class Pkcs11Token implements AutoCloseable {
    private static final String TRIPLE_DES = "DESede";
    private static final int TWO_KEYS = 16;
    private static final int THREE_KEYS = 24;
    private static final AtomicInteger OPENED = new AtomicInteger();

    private final Provider provider;
    private final KeyStore objects;
    private final SecureRandom random;

    private Pkcs11Token(Provider provider, KeyStore objects, SecureRandom random) {
        this.provider = provider;
        this.objects = objects;
        this.random = random;
    }

    static Pkcs11Token open(Pkcs11Settings settings) {
        byte[] pin = settings.pin().export(SecretAccess.TOKEN);
        char[] typed = typed(pin);
        try {
            Provider provider = Security.getProvider("SunPKCS11").configure(configuration(settings));
            KeyStore objects = KeyStore.getInstance("PKCS11", provider);
            objects.load(null, typed);
            return new Pkcs11Token(provider, objects, SecureRandom.getInstance("PKCS11", provider));
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException || e.getCause() instanceof LoginException) {
                throw new ModuleException(ModuleRefusal.NO_RIGHT, "the token refuses the PIN", e);
            }
            throw new ModuleException(ModuleRefusal.LIBRARY, "the token's objects cannot be read", e);
        } catch (GeneralSecurityException | ProviderException | InvalidParameterException e) {
            throw new ModuleException(
                    ModuleRefusal.LIBRARY,
                    "expected a PKCS#11 library with a token in slot " + settings.slotListIndex(),
                    e);
        } finally {
            Arrays.fill(pin, (byte) 0);
            Arrays.fill(typed, ' ');
        }
    }

    /** Without a string in between, which nobody could wipe. */
    private static char[] typed(byte[] pin) {
        char[] typed = new char[pin.length];
        for (int i = 0; i < pin.length; i++) {
            typed[i] = (char) (pin[i] & 0xFF);
        }
        return typed;
    }

    private static String configuration(Pkcs11Settings settings) {
        return String.join(
                "\n",
                "--name = zhitong" + OPENED.incrementAndGet(),
                "library = " + settings.library().toAbsolutePath(),
                "slotListIndex = " + settings.slotListIndex(),
                "attributes(*, CKO_SECRET_KEY, *) = {",
                "CKA_SENSITIVE = true",
                "CKA_EXTRACTABLE = false",
                "CKA_ENCRYPT = true",
                "}");
    }

    String words() {
        return String.valueOf(provider.getInfo());
    }

    byte[] random(int length) {
        byte[] out = new byte[length];
        random.nextBytes(out);
        return out;
    }

    /**
     * Drawn by the token's generator and taken in: an object of type CKK_DES2, which CKM_DES2_KEY_GEN makes, is one that the
     * JDK's provider cannot read back by its name.
     */
    SecretKey generate() {
        byte[] drawn = random(TWO_KEYS);
        try {
            return load(drawn);
        } finally {
            Arrays.fill(drawn, (byte) 0);
        }
    }

    /** Takes two keys in; the array is left to the caller. */
    SecretKey load(byte[] twoKeys) {
        byte[] three = Arrays.copyOf(twoKeys, THREE_KEYS);
        System.arraycopy(twoKeys, 0, three, TWO_KEYS, THREE_KEYS - TWO_KEYS);
        try {
            return asking(() -> SecretKeyFactory.getInstance(TRIPLE_DES, provider)
                    .translateKey(new SecretKeySpec(three, TRIPLE_DES)));
        } finally {
            Arrays.fill(three, (byte) 0);
        }
    }

    /** Keeps a key under a name beyond this process. */
    synchronized void keep(String name, SecretKey key) {
        asking(() -> {
            objects.setKeyEntry(name, key, null, null);
            return name;
        });
    }

    /** The key kept under a name. */
    synchronized Optional<SecretKey> kept(String name) {
        return asking(() -> objects.getKey(name, null) instanceof SecretKey key ? Optional.of(key) : Optional.empty());
    }

    /** 3DES-ECB over whole blocks. */
    byte[] ecb(SecretKey key, byte[] data) {
        return asking(() -> {
            Cipher cipher = Cipher.getInstance(TRIPLE_DES + "/ECB/NoPadding", provider);
            cipher.init(Cipher.ENCRYPT_MODE, key);
            return cipher.doFinal(data);
        });
    }

    /** What a provider is asked. */
    private interface Question<T> {
        T ask() throws GeneralSecurityException;
    }

    private static <T> T asking(Question<T> question) {
        try {
            return question.ask();
        } catch (GeneralSecurityException | ProviderException e) {
            throw new ModuleException(ModuleRefusal.DEVICE_FAILED, "the token does not do it", e);
        }
    }

    @Override
    public void close() {
        try {
            ((AuthProvider) provider).logout();
        } catch (LoginException e) {
            throw new ModuleException(ModuleRefusal.DEVICE_FAILED, "the token does not log out", e);
        }
    }
}
