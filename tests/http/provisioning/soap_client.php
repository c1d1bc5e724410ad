<?php
// What the provisioning tests ask of PHP's own SOAP client: arguments WSDL CONTEXT ADMIN PASSWORD.
[$self, $wsdl, $context, $login, $password] = $argv;
$client = new SoapClient($wsdl, ['exceptions' => true, 'features' => SOAP_SINGLE_ELEMENT_ARRAYS]);
$auth = ['login' => $login, 'password' => $password];
$ctx = ['id' => (int)$context];
$made = $client->create(['ctx' => $ctx, 'auth' => $auth, 'usrdata' => [
    'name' => 'php', 'password' => 'secret', 'display_name' => 'PHP Test', 'given_name' => 'PHP', 'sur_name' => 'Test',
    'primaryEmail' => 'php@example.test', 'email1' => 'php@example.test', 'company' => 'Grün & Co',
    'userAttributes' => ['entries' => [['key' => 'cloud', 'value' => ['entries' => [['key' => 'service', 'value' => 'gold']]]]]],
]]);
$user = ['id' => $made->return->id];
$read = $client->getData(['ctx' => $ctx, 'user' => $user, 'auth' => $auth])->return;
$fault = '';
try {
    $client->getData(['ctx' => $ctx, 'user' => ['name' => 'nobody'], 'auth' => $auth]);
} catch (SoapFault $problem) {
    $fault = array_key_first((array)$problem->detail);
}
$listed = $client->listAll(['ctx' => $ctx, 'auth' => $auth])->return;
echo json_encode(['id' => $read->id, 'company' => $read->company, 'fault' => $fault, 'listed' => count($listed)]);
