<?php
// Makes a reseller, and with his password a context, from the descriptions as they are served.
[, $resellers, $contexts, $login, $password, $number] = $argv;
$master = ['login' => $login, 'password' => $password];
$name = "php$number";
$own = ['login' => $name, 'password' => 'secret'];
$service = new SoapClient($resellers, ['exceptions' => true]);
$service->create(['adm' => ['name' => $name, 'displayname' => 'PHP', 'password' => 'secret',
    'restrictions' => [['name' => 'Subadmin.MaxContext', 'value' => '1']]], 'creds' => $master]);
$context = new SoapClient($contexts, ['exceptions' => true]);
$context->createModuleAccessByName(['ctx' => ['id' => (int) $number, 'name' => $name, 'maxQuota' => 10,
    'restriction' => [['name' => 'Context.MaxUser', 'value' => '5']]],
    'admin_user' => ['name' => 'boss', 'password' => 'secret', 'display_name' => 'Boss', 'given_name' => 'B',
        'sur_name' => 'Oss', 'primaryEmail' => 'boss@example.test', 'email1' => 'boss@example.test'],
    'access_combination_name' => 'pim', 'auth' => $own]);
$shown = $context->getData(['ctx' => ['id' => (int) $number], 'auth' => $own])->return;
$listed = $context->listAll(['auth' => $own])->return;
$restriction = is_array($shown->restriction) ? $shown->restriction[0] : $shown->restriction;
$fault = '';
try {
    $service->getData(['adm' => ['name' => 'nobody'], 'creds' => $own]);
} catch (SoapFault $refused) {
    $fault = array_key_first((array) $refused->detail);
}
echo json_encode(['owner' => $shown->owner->name, 'restriction' => $restriction->name . '=' . $restriction->value,
    'listed' => is_array($listed) ? count($listed) : 1, 'fault' => $fault]);
