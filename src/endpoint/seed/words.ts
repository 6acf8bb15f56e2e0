/** What the people, machines and accounts of a made-up company are called. */

export const firstNames = [
  ...(['ada', 'amara', 'andrej', 'aiko', 'beatriz', 'bilal', 'carmen', 'chen', 'daniel', 'dilnoza'] as const),
  ...(['elif', 'emeka', 'fatima', 'finn', 'grace', 'hana', 'ibrahim', 'ines', 'jonas', 'kamala'] as const),
  ...(['kofi', 'lena', 'linh', 'luca', 'maria', 'mateo', 'mei', 'milan', 'nadia', 'noah'] as const),
  ...(['olga', 'omar', 'priya', 'quinn', 'rosa', 'sami', 'sofia', 'tomas', 'uma', 'yusuf'] as const),
] as const;

export const lastNames = [
  ...([
    'abebe',
    'adeyemi',
    'alvarez',
    'andersen',
    'bauer',
    'bianchi',
    'castro',
    'chowdhury',
    'costa',
    'dubois',
  ] as const),
  ...(['eriksen', 'farouk', 'fischer', 'garcia', 'haddad', 'hansen', 'ito', 'ivanova', 'jansen', 'kaya'] as const),
  ...(['kim', 'kovac', 'kowalski', 'kumar', 'lindholm', 'lopez', 'mbeki', 'moreau', 'nakamura', 'nguyen'] as const),
  ...(['novak', 'okafor', 'oliveira', 'papadakis', 'rossi', 'santos', 'sharma', 'silva', 'tanaka', 'weber'] as const),
] as const;

export const systems = [
  ...([
    'airflow',
    'archive',
    'backup',
    'billing',
    'build',
    'catalog',
    'crawler',
    'deploy',
    'export',
    'gateway',
  ] as const),
  ...([
    'ingest',
    'inventory',
    'jenkins',
    'ledger',
    'mailer',
    'metrics',
    'orders',
    'payments',
    'reports',
    'search',
  ] as const),
  ...([
    'session',
    'shipping',
    'sync',
    'terraform',
    'thumbnail',
    'uploader',
    'vault',
    'warehouse',
    'webhook',
    'worker',
  ] as const),
] as const;

export const teams = [
  ...([
    'checkout',
    'data',
    'finance',
    'growth',
    'identity',
    'logistics',
    'mobile',
    'platform',
    'risk',
    'support',
  ] as const),
] as const;

export const environments = ['production', 'staging', 'development', 'sandbox'] as const;

/** Where keys are used, the usual places most often. */
export const regions = [
  ...(['us-east-1', 'us-east-1', 'us-east-1', 'eu-west-1', 'eu-west-1', 'us-west-2', 'us-west-2'] as const),
  ...(['eu-central-1', 'ap-southeast-2', 'ap-northeast-1'] as const),
] as const;

/** What they are used for, likewise. */
export const usedServices = [
  ...(['s3', 's3', 's3', 's3', 'ec2', 'ec2', 'dynamodb', 'sqs', 'ses', 'logs', 'ecr', 'lambda', 'sts'] as const),
  ...(['iam', 'kms', 'secretsmanager', 'cloudwatch', 'rds'] as const),
] as const;
