/**
 * The embedded Tomcat that runs the application from a checkout, from the executable WAR and in tests.
 *
 * <p>Knows Tomcat and nothing of the application, which it finds as any servlet container would: by {@code web.xml} and by
 * scanning. In the WAR these classes lie outside {@code WEB-INF}, where only {@code java -jar} sees them. The server owns
 * Tomcat's threads and its run directory, and ends both when it is closed.
 */
package io.hubwire.push.boot.embedded;
