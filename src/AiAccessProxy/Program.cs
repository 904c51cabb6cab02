return await AiAccessProxy.Commands.Cli.RunAsync(args, Console.Out, Console.Error);
