/**
 * The archives in installed servers. What is tagged {@code container} runs once in Tomcat and once in WildFly, deployed by Arquillian and seen from outside; {@code pom.xml}
 * says which.
 */
package io.hubwire.deployment;
