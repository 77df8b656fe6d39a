package io.zhitong.keyapi;

/**
 * A key inside a {@link CryptoModule} (模块内密钥), usable only by the module that made it. Closing destroys it there.
 */
public interface ModuleKey extends AutoCloseable {
    @Override
    void close();
}
