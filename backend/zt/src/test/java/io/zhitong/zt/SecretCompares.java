package io.zhitong.zt;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.util.List;
import java.util.Set;

/** Finds methods that hold a key, a PIN or a MAC and compare bytes with a comparison that ends at the first difference. */
final class SecretCompares {
    /** Who hands out or computes something secret: class and method, * for all. */
    private static final Set<String> SECRETS = Set.of(
            "io.zhitong.cos.file.StoredKey.value",
            "io.zhitong.cos.file.PinValue.encode",
            "io.zhitong.smcrypto.SecretBytes.export",
            "io.zhitong.cardspec.CardAlgorithm.mac4",
            "io.zhitong.cardspec.CardAlgorithm.tac4",
            "io.zhitong.cardspec.SecureMessaging.commandMac",
            "io.zhitong.cardspec.SecureMessaging.answerMac",
            "io.zhitong.smcrypto.Sm4.cmac",
            "io.zhitong.smcrypto.Sm4.cbcMac",
            "io.zhitong.smcrypto.CardCipher.encryptBlock");

    private static final Set<String> EARLY = Set.of(
            "java.util.Arrays.equals",
            "java.util.Arrays.compare",
            "java.util.Arrays.compareUnsigned",
            "java.util.Arrays.mismatch",
            "java.util.Objects.deepEquals",
            "java.lang.String.equals",
            "java.nio.ByteBuffer.equals");

    private SecretCompares() {}

    static List<String> in(JavaClasses classes) {
        return classes.stream()
                .flatMap(each -> each.getMethods().stream())
                .filter(method -> calls(method, SECRETS) && calls(method, EARLY))
                .map(JavaMethod::getFullName)
                .sorted()
                .toList();
    }

    private static boolean calls(JavaMethod method, Set<String> named) {
        return method.getMethodCallsFromSelf().stream()
                .map(SecretCompares::target)
                .anyMatch(named::contains);
    }

    private static String target(JavaMethodCall call) {
        return call.getTargetOwner().getFullName() + "." + call.getName();
    }
}
