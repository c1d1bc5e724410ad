<?php
// Asks for a job, about it, and forgets it, from the descriptions as they are served: arguments BASE CONTEXT MASTER PASSWORD.
[, $base, $context, $login, $password] = $argv;
$open = fn($service) => new SoapClient("$base/webservices/$service?wsdl", ['exceptions' => true, 'features' => SOAP_SINGLE_ELEMENT_ARRAYS]);
$auth = ['login' => $login, 'password' => $password];
$ctx = ['id' => (int) $context];
$number = $open('OXContextService')->moveContextFilestore(['ctx' => $ctx, 'dst_filestore_id' => ['id' => 0], 'auth' => $auth])->return;
$jobs = $open('OXTaskMgmtService');
$told = $jobs->getTaskResults(['auth' => $auth, 'id' => $number])->return;
$listed = $jobs->getJobList(['ctx' => $ctx, 'auth' => $auth])->return;
$jobs->deleteJob(['ctx' => $ctx, 'auth' => $auth, 'id' => $number]);
$left = $jobs->getJobList(['ctx' => $ctx, 'auth' => $auth]);
$fault = '';
try {
    $jobs->getTaskResults(['auth' => $auth, 'id' => $number]);
} catch (SoapFault $problem) {
    $fault = array_key_first((array) $problem->detail);
}
echo json_encode(['number' => $number, 'operation' => $told->operation, 'context' => $told->contextId, 'target' => $told->targetId,
    'listed' => array_map(fn($job) => $job->id, $listed), 'left' => count($left->return ?? []), 'fault' => $fault]);
